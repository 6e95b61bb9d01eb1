package io.nanogame.server;

import java.time.Duration;

import io.nanogame.connection.Connections;
import io.nanogame.time.RealTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a server's connections, within its grace period. The last quarter of that,
 * at most a second, is kept for the farewell of clients whose requests could not be
 * finished.
 */
final class GracefulStop {

	private static final Logger log = LoggerFactory.getLogger(GracefulStop.class);

	private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(1);

	private final Connections connections;

	private final long beganNanos = RealTime.nanoTime();

	private final long graceNanos;

	private final long farewellNanos;

	/** The grace period begins now. */
	GracefulStop(Connections connections, Duration gracePeriod) {
		this.connections = connections;
		this.graceNanos = gracePeriod.toNanos();
		this.farewellNanos = Math.min(this.graceNanos / 4, LONGEST_FAREWELL.toNanos());
	}

	/** Lets clients have what they have asked for, then closes them. Blocks. */
	void closeConnections() {
		int clients = this.connections.count();
		long inFlight = this.connections.backlog();
		long end = this.beganNanos + this.graceNanos;
		this.connections.drain();
		long cut = 0;
		long deaf = 0;
		if (!this.connections.awaitEmpty(end - this.farewellNanos)) {
			cut = this.connections.backlog();
			this.connections.giveUp(end);
			// The rest is for the event loops, which have to end in time, too.
			if (!this.connections.awaitEmpty(end - this.farewellNanos / 4)) {
				deaf = this.connections.abort(end);
			}
		}
		log.info("{} connections are closed after {} ms; of {} messages in flight {} were finished, {} came too late",
				clients, (RealTime.nanoTime() - this.beganNanos) / 1_000_000, inFlight, Math.max(0, inFlight - cut),
				this.connections.tooLate());
		if (cut > 0) {
			log.warn("{} messages were not finished within the grace period; requests among them are answered 503",
					cut);
		}
		if (deaf > 0) {
			log.warn("{} connections were cut off at the end of the grace period, with a handler that still ran "
					+ "or a client that had not read everything", deaf);
		}
	}

	/** What is left of the grace period. */
	Duration left() {
		return Duration.ofNanos(Math.max(0, this.beganNanos + this.graceNanos - RealTime.nanoTime()));
	}

}
