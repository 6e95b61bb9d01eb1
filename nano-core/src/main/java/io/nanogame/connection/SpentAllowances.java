package io.nanogame.connection;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

/**
 * What players had spent of their allowances when they left. The next session of the same
 * player goes on there, so that a reconnect is no new burst. Known are those who are
 * bound in the handshake: an address would not do, because neighbours share it. Each is
 * kept until it would be full again. Any thread.
 */
final class SpentAllowances {

	/** Enough for the sessions that one player closes within a burst. */
	private static final int MAX_PER_PLAYER = 16;

	private static final int MAX_PLAYERS = 10_000;

	/** When allowances are full again, by uid. */
	private final ConcurrentMap<String, Queue<Long>> fullAt = new ConcurrentHashMap<>();

	/**
	 * Keeps what a player leaves behind.
	 * @param uid what the session was bound to, or null
	 * @param fullAtNanos when its allowance would be full
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
	 * Takes over what a player has left behind.
	 * @param uid what the session is bound to, or null
	 * @return when its allowance is full; now when nothing was left
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
