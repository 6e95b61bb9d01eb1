package io.nanogame.cluster.model;

import org.junit.jupiter.api.Test;

/**
 * Players log in and out on three gateways and three backends, by each login policy,
 * under losses, delays, partitions and reconnects, while all nodes push to, kick and find
 * them by uid. Two heartbeats after all nodes are connected again, a uid has no more
 * sessions than the policy allows; after a quiet time all nodes find the same players. A
 * push reaches no session twice, none out of order, and none of another player. The seed
 * of a schedule repeats it: {@code -Dmodel.seed=7}; {@code -Dmodel.schedules} sets their
 * number.
 */
class UserModelTests {

	private static final int SCHEDULES = Integer.getInteger("model.schedules", 100);

	private static final long FIRST_SEED = Long.getLong("model.seed", 1);

	@Test
	void playersAreFoundAndReachedUnderEachPolicy() {
		for (long seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
			UserSchedule schedule = new UserSchedule(seed);
			try {
				schedule.run();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError(
						"Schedule with -Dmodel.seed=%d failed after %s".formatted(seed, schedule.operations()), ex);
			}
		}
	}

}
