package io.nanogame.connection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.nanogame.session.CloseReason;

/**
 * A connection of a server whose clients leave. Thread-safe.
 */
public final class LeavingClient {

	private final ConnectionLife connection;

	LeavingClient(ConnectionLife connection) {
		this.connection = connection;
	}

	/**
	 * Asks the client to resume its session on another server, if it can.
	 * @param after the time after which the client closes its connection
	 * @param asked called on the loop of the connection if the client is asked
	 */
	public void ask(Duration after, Runnable asked) {
		this.connection.loop().enqueue(() -> {
			if (isOpen() && canResume()) {
				byte[] request = this.connection.protocol.moveRequest(after);
				if (request != null) {
					this.connection.outbound().append(request);
					asked.run();
				}
			}
		});
	}

	/**
	 * Asks the client again, and closes the connection if the client does not. The
	 * session stays, so that the client can still resume it.
	 * @param patience the time for the client
	 */
	public void askAgain(Duration patience) {
		ask(Duration.ZERO, () -> {
			Wire asked = this.connection.wire();
			Runnable cut = () -> {
				Resumption kept = this.connection.resumption;
				if (this.connection.wire() == asked && isOpen() && kept != null) {
					kept.cut(CloseReason.SHUTDOWN);
				}
			};
			this.connection.context.time()
				.newTimeout((timeout) -> this.connection.loop().enqueue(cut), patience.toNanos(), TimeUnit.NANOSECONDS);
		});
	}

	/**
	 * Closes the connection of a client that cannot resume, without a kick, when no work
	 * of the client is left and its output is sent. The session stays if the client may
	 * log in to continue it.
	 * @param closed called on the loop of the connection if it is, or will be, closed
	 */
	public void close(Runnable closed) {
		this.connection.loop().enqueue(() -> {
			if (isOpen() && !canResume() && !this.connection.closesWhenDone) {
				this.connection.closesWhenDone = true;
				this.connection.endWhenDone();
				closed.run();
			}
		});
	}

	/** Returns whether this is the connection of a client. */
	private boolean isOpen() {
		return this.connection.state == ConnectionState.OPEN && this.connection.relay == null
				&& !(this.connection.wire() instanceof DetachedWire);
	}

	private boolean canResume() {
		Resumption kept = this.connection.resumption;
		return kept != null && !kept.protocol.isEmpty();
	}

}
