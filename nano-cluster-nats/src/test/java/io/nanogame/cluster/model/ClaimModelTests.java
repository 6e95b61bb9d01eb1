package io.nanogame.cluster.model;

import org.junit.jupiter.api.Test;

/**
 * Three nodes that claim the same name, under random disconnects, losses, delays,
 * partitions, kills, restarts and closed claims. At no time two nodes are the owner, an
 * owner is notified of its loss before the next one acquires the name, fences grow, and
 * no caller receives a reply of an earlier owner than before. After a quiet time there is
 * one owner, which all nodes reach. The seed of a schedule repeats it:
 * {@code -Dmodel.seed=7}; {@code -Dmodel.schedules} sets their number.
 */
class ClaimModelTests {

	private static final int SCHEDULES = Integer.getInteger("model.schedules", 100);

	private static final long FIRST_SEED = Long.getLong("model.seed", 1);

	@Test
	void aNameHasOneOwnerAtMost() {
		for (long seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
			ClaimSchedule schedule = new ClaimSchedule(seed);
			try {
				schedule.run();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError(
						"Schedule with -Dmodel.seed=%d failed after %s".formatted(seed, schedule.operations), ex);
			}
		}
	}

}
