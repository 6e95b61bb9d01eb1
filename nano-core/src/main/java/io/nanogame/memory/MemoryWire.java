package io.nanogame.memory;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.OutputLoop;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.TransportContext;
import io.nanogame.connection.Wire;
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

	/**
	 * The server does not read from a client that leaves more bytes unread: Netty's limit
	 * for a socket. The high-water mark is a limit, too.
	 */
	private static final int MAX_UNREAD = 64 * 1024;

	private static final int PORTS = 1 << 16;

	private final TransportContext context;

	private final MemoryLoop loop;

	private final MemoryClient.Receiver receiver;

	private final SocketAddress remoteAddress;

	private final ClientConnection connection;

	private final boolean hasSlot;

	/** Appended bytes that the client has not read. */
	private final ByteBuf output = Unpooled.buffer();

	/** Received bytes that are not decoded yet. */
	private final ByteBuf input = Unpooled.buffer();

	private boolean paused;

	/** Whether the client reads. */
	private boolean read = true;

	/** The connection ends when the client has read everything. */
	private boolean finishing;

	private boolean closed;

	/**
	 * Connects a client.
	 * @param context the context of the server
	 * @param protocol the protocol of the client
	 * @param loop the loop of all wires
	 * @param receiver the client's end
	 * @param number used as the client's port, modulo the number of ports
	 */
	MemoryWire(TransportContext context, Protocol protocol, MemoryLoop loop, MemoryClient.Receiver receiver,
			int number) {
		this.context = context;
		this.loop = loop;
		this.receiver = receiver;
		this.remoteAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), number % PORTS);
		this.connection = ClientConnection.open(context, protocol, this);
		context.traffic().connected(TRANSPORT);
		this.hasSlot = context.connectionSlots().acquire(this.remoteAddress);
		if (!this.hasSlot) {
			this.connection.end(CloseReason.TOO_MANY_CONNECTIONS);
		}
	}

	// In

	void receive(byte[] bytes) {
		if (!this.closed && !this.finishing) {
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
			if (this.hasSlot) {
				this.context.connectionSlots().release(this.remoteAddress);
			}
			this.connection.disconnected(CloseReason.CLIENT_CLOSED);
			this.receiver.closed();
		}
	}

	// Out

	@Override
	public ByteBuf append(int length) {
		return this.output.ensureWritable(length);
	}

	@Override
	public void flush() {
		if (this.read && this.output.isReadable() && !this.closed) {
			byte[] bytes = ByteBufUtil.getBytes(this.output);
			this.output.clear();
			this.context.traffic().bytesSent(bytes.length);
			this.receiver.received(bytes);
		}
	}

	/** Called when the client stops to read, or continues. */
	void setRead(boolean isRead) {
		this.read = isRead;
		if (isRead && this.finishing) {
			finishWhenRead();
		}
		else if (isRead && !this.closed) {
			flush();
			this.connection.writable();
		}
	}

	@Override
	public long pendingBytes() {
		return this.output.readableBytes();
	}

	@Override
	public boolean isWritable() {
		int limit = Math.min(MAX_UNREAD, this.context.settings().connection().highWaterMark());
		return this.read || this.output.readableBytes() <= limit;
	}

	@Override
	public void finish(CloseReason reason) {
		this.finishing = true;
		finishWhenRead();
	}

	private void finishWhenRead() {
		flush();
		if (this.read) {
			this.loop.execute(this::disconnect);
		}
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
