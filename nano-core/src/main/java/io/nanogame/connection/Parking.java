package io.nanogame.connection;

import java.time.Duration;

/**
 * Which sessions may leave without their clients. Confined to the loop of the session.
 */
final class Parking {

	/** For a client to return that was asked to move, or has lost its network shortly. */
	private static final Duration SHORT_CUT = Duration.ofSeconds(2);

	/** For a client to confirm that it resumes. */
	private static final Duration RESUME = Duration.ofSeconds(4);

	private Parking() {
	}

	/**
	 * Returns whether another server may continue a session: its client is away, and no
	 * client is about to resume it.
	 */
	static boolean isPossible(Resumption session) {
		Claim claim = session.claim;
		Duration least = (claim == null || claim.parks()) ? SHORT_CUT : RESUME;
		return !session.protocol.isEmpty() && session.isDetached() && session.isCurrent() && session.session.isOpen()
				&& session.connection.arriving == null && session.sent.hasAllAfter(session.sent.confirmedCount())
				&& away(session).compareTo(least) >= 0;
	}

	private static Duration away(Resumption session) {
		return Duration.ofNanos(session.detachment.windowSpent(session.connection.nanoTime()));
	}

	static ParkOffer offer(Resumption session) {
		return new ParkOffer(session.tokens.all().get(0), session.sent.confirmedCount(), session.protocol,
				away(session));
	}

}
