package io.nanogame.connection;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.function.LongSupplier;

import io.nanogame.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the wire of a session whose connection was cut: drops all output, which the
 * session keeps itself, and has the properties of the last wire.
 */
final class DetachedWire implements Wire {

	private final OutputLoop loop;

	private final SocketAddress remoteAddress;

	private final String transport;

	private final @Nullable Principal principal;

	private final @Nullable UrlQuery query;

	private final boolean keepsBounds;

	private final LongSupplier keptBytes;

	/**
	 * Creates the replacement of a wire.
	 * @param last the wire that was cut
	 * @param loop the loop of the session
	 * @param keptBytes returns the size of the packets that the client has not confirmed
	 */
	DetachedWire(Wire last, OutputLoop loop, LongSupplier keptBytes) {
		this.loop = loop;
		this.remoteAddress = last.remoteAddress();
		this.transport = last.transport();
		this.principal = last.principal();
		this.query = last.query();
		this.keepsBounds = last.keepsBounds();
		this.keptBytes = keptBytes;
	}

	/**
	 * Creates the wire of a session that has no other one on this server.
	 * @param loop the loop of the session
	 * @param remoteAddress the address of the client
	 * @param transport the name of its transport
	 */
	DetachedWire(OutputLoop loop, SocketAddress remoteAddress, String transport) {
		this.loop = loop;
		this.remoteAddress = remoteAddress;
		this.transport = transport;
		this.principal = null;
		this.query = null;
		this.keepsBounds = false;
		this.keptBytes = () -> 0;
	}

	@Override
	public OutputLoop loop() {
		return this.loop;
	}

	@Override
	public ByteBuf append(int length) {
		return Unpooled.buffer(length);
	}

	@Override
	public void append(byte[] packet) {
		// Kept by the session.
	}

	@Override
	public void flush() {
		// There is no client.
	}

	/** The client is behind by what it has not confirmed. */
	@Override
	public long pendingBytes() {
		return this.keptBytes.getAsLong();
	}

	@Override
	public boolean isWritable() {
		return false;
	}

	@Override
	public boolean keepsBounds() {
		return this.keepsBounds;
	}

	@Override
	public void pause() {
		// There is no input.
	}

	@Override
	public void resume() {
		// There is no input.
	}

	@Override
	public void finish(CloseReason reason) {
		// The connection has no socket to close.
	}

	@Override
	public void abort() {
		// The connection has no socket to close.
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	@Override
	public String transport() {
		return this.transport;
	}

	@Override
	public @Nullable UrlQuery query() {
		return this.query;
	}

	@Override
	public @Nullable Principal principal() {
		return this.principal;
	}

}
