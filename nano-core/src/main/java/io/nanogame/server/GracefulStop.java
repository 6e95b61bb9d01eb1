package io.nanogame.server;

import java.time.Duration;

import io.nanogame.connection.Connections;
import io.nanogame.time.RealTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes all connections of a server within its grace period. The last quarter of the
 * period, at most a second, is reserved for sending errors and the reason to clients
 * whose requests could not be finished.
 */
final class GracefulStop {

	private static final Logger log = LoggerFactory.getLogger(GracefulStop.class);

	private static final Duration MAX_CLOSING = Duration.ofSeconds(1);

	private final Connections connections;

	private final long beganNanos = RealTime.nanoTime();

	private final long graceNanos;

	private final long closingNanos;

	/** Starts the grace period. */
	GracefulStop(Connections connections, Duration gracePeriod) {
		this.connections = connections;
		this.graceNanos = gracePeriod.toNanos();
		this.closingNanos = Math.min(this.graceNanos / 4, MAX_CLOSING.toNanos());
	}

	/** Waits for the messages in flight, then closes the connections. Blocks. */
	void closeConnections() {
		int clients = this.connections.count();
		long inFlight = this.connections.backlog();
		long end = this.beganNanos + this.graceNanos;
		this.connections.drain();
		long unfinished = 0;
		long aborted = 0;
		if (!this.connections.awaitEmpty(end - this.closingNanos)) {
			unfinished = this.connections.backlog();
			this.connections.giveUp(end);
			// The event loops need the remaining time to end.
			if (!this.connections.awaitEmpty(end - this.closingNanos / 4)) {
				aborted = this.connections.abort(end);
			}
		}
		log.info("{} connections are closed after {} ms; of {} messages in flight {} were finished, {} came too late",
				clients, (RealTime.nanoTime() - this.beganNanos) / 1_000_000, inFlight,
				Math.max(0, inFlight - unfinished), this.connections.lateMessages());
		if (unfinished > 0) {
			log.warn("{} messages were not finished within the grace period; requests among them fail", unfinished);
		}
		if (aborted > 0) {
			log.warn("{} connections were aborted at the end of the grace period: their handlers still ran, or their "
					+ "clients had not read everything", aborted);
		}
	}

	/** Returns the remainder of the grace period. */
	Duration left() {
		return Duration.ofNanos(Math.max(0, this.beganNanos + this.graceNanos - RealTime.nanoTime()));
	}

}
