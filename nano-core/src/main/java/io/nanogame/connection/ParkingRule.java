package io.nanogame.connection;

import java.time.Duration;
import java.util.Objects;

import io.nanogame.resume.ResumeToken;

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
	 * Returns whether another server may continue a session: its client is away and may
	 * return, and no client is about to continue it.
	 */
	static boolean isPossible(Resumption session) {
		Claim claim = session.claim;
		Duration least = (claim == null || claim.parks()) ? MIN_AWAY : MIN_AWAY_CLAIMED;
		return session.isDetached() && session.session.isOpen() && session.connection.arriving == null
				&& (canResume(session) || session.connection.isContinuable())
				&& windowSpent(session).compareTo(least) >= 0;
	}

	private static boolean canResume(Resumption session) {
		return !session.protocol.isEmpty() && session.isCurrent()
				&& session.sent.hasAllAfter(session.sent.confirmedCount());
	}

	private static Duration windowSpent(Resumption session) {
		return Duration.ofNanos(session.detachment.windowSpent(session.connection.nanoTime()));
	}

	static ParkOffer offer(Resumption session) {
		Duration spent = windowSpent(session);
		if (canResume(session)) {
			return new ParkOffer(session.tokens.all().get(0), "", session.sent.confirmedCount(), session.protocol,
					spent);
		}
		// The client can only log in, with the protocol that it had.
		return new ParkOffer(ResumeToken.none(session.session.id()), Objects.requireNonNull(session.session.uid()), 0,
				Objects.requireNonNull(session.connection.continuity), spent);
	}

}
