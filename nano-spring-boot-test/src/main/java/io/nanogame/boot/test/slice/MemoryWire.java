package io.nanogame.boot.test.slice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.OutputLoop;
import io.nanogame.connection.TransportContext;
import io.nanogame.connection.Wire;
import io.nanogame.pomelo.PomeloProtocol;
import io.nanogame.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * The server's end of a connection in memory. Confined to its loop. All buffers are on
 * the heap and need no release.
 */
final class MemoryWire implements Wire {

	private static final String TRANSPORT = "memory";

	private final TransportContext context;

	private final MemoryLoop loop;

	private final Peer peer;

	private final SocketAddress remoteAddress;

	private final ClientConnection connection;

	private final boolean hasPlace;

	private final ByteBuf output = Unpooled.buffer();

	/** Received bytes that are not decoded yet. */
	private final ByteBuf input = Unpooled.buffer();

	private boolean paused;

	private boolean closed;

	/**
	 * Connects a client.
	 * @param context the context of the server
	 * @param loop the loop of all wires
	 * @param peer the client's end
	 * @param number used as the client's port
	 */
	MemoryWire(TransportContext context, MemoryLoop loop, Peer peer, int number) {
		this.context = context;
		this.loop = loop;
		this.peer = peer;
		this.remoteAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), number);
		this.connection = ClientConnection.open(context, context.protocols().choose(List.of(PomeloProtocol.NAME)),
				this);
		context.traffic().connected(TRANSPORT);
		this.hasPlace = context.places().take(this.remoteAddress);
		if (!this.hasPlace) {
			this.connection.end(CloseReason.TOO_MANY_CONNECTIONS);
		}
	}

	/** The client's end of a wire. */
	interface Peer {

		void received(byte[] bytes);

		void closed();

	}

	// In

	void receive(byte[] bytes) {
		if (!this.closed) {
			this.context.traffic().bytesReceived(bytes.length);
			this.input.discardSomeReadBytes().writeBytes(bytes);
			decode();
		}
	}

	private void decode() {
		if (!this.paused) {
			this.connection.receive(this.input);
			flush();
		}
	}

	@Override
	public void pause() {
		this.paused = true;
	}

	@Override
	public void resume() {
		this.paused = false;
		decode();
	}

	/** Called when the connection has ended. */
	void disconnect() {
		if (!this.closed) {
			this.closed = true;
			this.context.traffic().disconnected(TRANSPORT);
			if (this.hasPlace) {
				this.context.places().leave(this.remoteAddress);
			}
			this.connection.disconnected();
			this.peer.closed();
		}
	}

	// Out

	@Override
	public ByteBuf append(int length) {
		return this.output.ensureWritable(length);
	}

	@Override
	public void flush() {
		byte[] bytes = ByteBufUtil.getBytes(this.output);
		this.output.clear();
		if (bytes.length > 0 && !this.closed) {
			this.context.traffic().bytesSent(bytes.length);
			this.peer.received(bytes);
		}
	}

	@Override
	public long pendingBytes() {
		return this.output.readableBytes();
	}

	/** Always true: the client receives all bytes at once. */
	@Override
	public boolean isWritable() {
		return true;
	}

	@Override
	public void finish(CloseReason reason) {
		flush();
		this.loop.execute(this::disconnect);
	}

	@Override
	public void abort() {
		this.loop.execute(this::disconnect);
	}

	// Facts

	@Override
	public OutputLoop loop() {
		return this.loop;
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	@Override
	public String transport() {
		return TRANSPORT;
	}

}
