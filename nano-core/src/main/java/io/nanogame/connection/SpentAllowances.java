package io.nanogame.connection;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

/**
 * The used tokens of disconnected players. The next session of the same player continues
 * with them, so that a reconnect does not allow a new burst. Players are identified by
 * the uid that is bound in the handshake, not by their address, because several players
 * may share one. An entry is kept until the bucket would be full again. Thread-safe.
 */
final class SpentAllowances {

	/** Sufficient for the sessions that one player closes within a burst. */
	private static final int MAX_PER_PLAYER = 16;

	private static final int MAX_PLAYERS = 10_000;

	/** The times at which buckets will be full again, by uid. */
	private final ConcurrentMap<String, Queue<Long>> fullAt = new ConcurrentHashMap<>();

	/**
	 * Saves the used tokens of a session.
	 * @param uid the uid of the session, or null
	 * @param fullAtNanos when its bucket would be full
	 */
	void put(@Nullable String uid, long fullAtNanos, long nowNanos) {
		if (uid == null || fullAtNanos - nowNanos <= 0) {
			return;
		}
		if (this.fullAt.size() >= MAX_PLAYERS) {
			this.fullAt.keySet().forEach((player) -> dropFull(player, nowNanos));
		}
		if (this.fullAt.size() < MAX_PLAYERS) {
			this.fullAt.compute(uid, (same, present) -> {
				Queue<Long> left = (present != null) ? present : new ArrayDeque<>(2);
				left.removeIf((full) -> full - nowNanos <= 0);
				if (left.size() < MAX_PER_PLAYER) {
					left.add(fullAtNanos);
				}
				return left;
			});
		}
	}

	private void dropFull(String uid, long nowNanos) {
		this.fullAt.computeIfPresent(uid, (same, left) -> {
			left.removeIf((full) -> full - nowNanos <= 0);
			return left.isEmpty() ? null : left;
		});
	}

	/**
	 * Removes and returns the used tokens of a player.
	 * @param uid the uid of the session, or null
	 * @return when its bucket will be full; now if there is no entry
	 */
	long take(@Nullable String uid, long nowNanos) {
		long[] taken = { nowNanos };
		if (uid != null) {
			this.fullAt.computeIfPresent(uid, (same, left) -> {
				left.removeIf((full) -> full - nowNanos <= 0);
				Long oldest = left.poll();
				taken[0] = (oldest != null) ? oldest : nowNanos;
				return left.isEmpty() ? null : left;
			});
		}
		return taken[0];
	}

	int players() {
		return this.fullAt.size();
	}

}
