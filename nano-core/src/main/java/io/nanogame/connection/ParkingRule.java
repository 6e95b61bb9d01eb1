package io.nanogame.connection;

import java.time.Duration;

/**
 * Which sessions may leave without their clients. Confined to the loop of the session.
 */
final class ParkingRule {

	/** How long a client must be away, because it may be about to return. */
	private static final Duration MIN_AWAY = Duration.ofSeconds(2);

	/** The same if it has claimed the session, and may be about to confirm that. */
	private static final Duration MIN_AWAY_CLAIMED = Duration.ofSeconds(4);

	private ParkingRule() {
	}

	/**
	 * Returns whether another server may continue a session: its client is away, and no
	 * client is about to resume it.
	 */
	static boolean isPossible(Resumption session) {
		Claim claim = session.claim;
		Duration least = (claim == null || claim.parks()) ? MIN_AWAY : MIN_AWAY_CLAIMED;
		return !session.protocol.isEmpty() && session.isDetached() && session.isCurrent() && session.session.isOpen()
				&& session.connection.arriving == null && session.sent.hasAllAfter(session.sent.confirmedCount())
				&& windowSpent(session).compareTo(least) >= 0;
	}

	private static Duration windowSpent(Resumption session) {
		return Duration.ofNanos(session.detachment.windowSpent(session.connection.nanoTime()));
	}

	static ParkOffer offer(Resumption session) {
		return new ParkOffer(session.tokens.all().get(0), session.sent.confirmedCount(), session.protocol,
				windowSpent(session));
	}

}
