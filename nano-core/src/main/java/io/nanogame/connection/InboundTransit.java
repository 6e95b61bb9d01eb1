package io.nanogame.connection;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The received bytes of a socket on their way to the loop of a session. The socket is not
 * read from while there are too many, or the session does not read. Confined to the loop
 * of the socket, except where stated.
 */
final class InboundTransit {

	private static final int MAX_BYTES = 64 * 1024;

	private final ClientConnection socket;

	private final AtomicLong bytes = new AtomicLong();

	/** Whether the session does not read. */
	private boolean paused;

	InboundTransit(ClientConnection socket) {
		this.socket = socket;
	}

	void add(int length) {
		this.bytes.addAndGet(length);
		hold();
	}

	/**
	 * Removes bytes that the session has received. Thread-safe. Returns whether there
	 * were too many, so that the caller must call {@link #resume()}.
	 */
	boolean take(int length) {
		return this.bytes.getAndAdd(-length) > MAX_BYTES;
	}

	/** Called when the session does not read, or reads again. */
	void pause(boolean session) {
		this.paused = session;
		if (session) {
			hold();
		}
		else {
			resume();
		}
	}

	/** Reads on, if nothing prevents it. */
	void resume() {
		hold();
		this.socket.resume();
	}

	private void hold() {
		this.socket.gate().hold(this.paused || this.bytes.get() > MAX_BYTES);
	}

}
