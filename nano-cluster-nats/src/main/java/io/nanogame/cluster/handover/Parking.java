package io.nanogame.cluster.handover;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.cluster.frame.SessionParked;
import io.nanogame.connection.LeavingClients;
import io.nanogame.connection.ParkOffer;

/**
 * Offers the sessions of a gateway that stops, whose clients have no connection, to the
 * other gateways. An offer that is lost or rejected is repeated to the next gateway.
 * Thread-safe.
 */
final class Parking {

	/** Longer than a gateway waits for a session. */
	private static final Duration REPEAT = Pull.PATIENCE.plusSeconds(1);

	/** The maximum number of sessions on their way. */
	private static final int MAX_OPEN = 1000;

	private final Gateways gateways;

	private final Map<Long, Attempt> attempts = new ConcurrentHashMap<>();

	Parking(Gateways gateways) {
		this.gateways = gateways;
	}

	/** Offers the sessions that are due. */
	void step(LeavingClients clients, List<String> targets) {
		long now = this.gateways.nanoTime();
		int open = (int) this.attempts.values().stream().filter((attempt) -> !attempt.isOver(now)).count();
		int[] free = { MAX_OPEN - open };
		clients.offerDetached((session) -> {
			Attempt last = this.attempts.get(session);
			return (last == null || last.isOver(now)) && free[0]-- > 0;
		}, (offer, session) -> offer(offer, session, targets));
	}

	private void offer(ParkOffer offer, long session, List<String> targets) {
		Attempt attempt = this.attempts.merge(session, new Attempt(0, this.gateways.nanoTime()),
				(last, next) -> new Attempt(last.number + 1, next.nanos));
		this.gateways.send(target(session, attempt.number, targets), new SessionParked(offer.token(), offer.received(),
				offer.protocol(), offer.windowSpent().toMillis(), offer.uid()));
	}

	/** Returns another gateway for each attempt. */
	static String target(long session, int attempt, List<String> targets) {
		return targets.get(Math.floorMod(Long.hashCode(session * 0x9E3779B97F4A7C15L) + attempt, targets.size()));
	}

	/** The session has left. */
	void left(long session) {
		this.attempts.remove(session);
	}

	void clear() {
		this.attempts.clear();
	}

	private record Attempt(int number, long nanos) {

		boolean isOver(long nowNanos) {
			return nowNanos - this.nanos > REPEAT.toNanos();
		}

	}

}
