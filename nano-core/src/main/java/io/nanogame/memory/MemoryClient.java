package io.nanogame.memory;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The client's end of a connection in memory. Sends and receives bytes of any protocol.
 * Thread-safe: what one thread does is done in order, on the loop of the server.
 *
 * @see MemoryTransport#connect
 */
public final class MemoryClient implements AutoCloseable {

	private final MemoryLoop loop;

	// Confined to the loop

	private @Nullable MemoryWire wire;

	MemoryClient(MemoryLoop loop, Supplier<MemoryWire> connecting) {
		this.loop = loop;
		loop.execute(() -> this.wire = connecting.get());
	}

	/**
	 * Sends bytes. The server receives them in one read. Dropped when the connection has
	 * ended.
	 * @param bytes must not be modified afterwards
	 */
	public void send(byte[] bytes) {
		this.loop.execute(() -> wire().receive(bytes));
	}

	/**
	 * Stops to read, as a client whose receive buffer is full: what the server sends is
	 * pending until {@link #resumeReading()}.
	 */
	public void stopReading() {
		this.loop.execute(() -> wire().setRead(false));
	}

	/** Reads what is pending, and continues to read. */
	public void resumeReading() {
		this.loop.execute(() -> wire().setRead(true));
	}

	/** Disconnects. The {@link Receiver} is notified. */
	@Override
	public void close() {
		this.loop.execute(() -> wire().disconnect());
	}

	/** Set by the first task of the client on the loop. */
	private MemoryWire wire() {
		if (this.wire == null) {
			throw new IllegalStateException("The server did not accept the connection");
		}
		return this.wire;
	}

	/**
	 * Receives the output of the server. Called on its loop; must not block.
	 */
	public interface Receiver {

		/**
		 * Receives what one flush sends.
		 * @param bytes at least one; owned by the receiver
		 */
		void received(byte[] bytes);

		/** Called once, when the connection has ended, by either side. */
		void closed();

	}

}
