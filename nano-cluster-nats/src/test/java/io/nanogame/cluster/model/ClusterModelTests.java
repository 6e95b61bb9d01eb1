package io.nanogame.cluster.model;

import org.junit.jupiter.api.Test;

/**
 * Three gateways and three backends under random operations, losses, delays, partitions,
 * reconnects, crashes, stops and restarts. After a quiet time all nodes agree with the
 * gateways about the state of each session, no session is open that a backend has closed,
 * and requests succeed on the nodes to which their routes are bound. Messages are handled
 * in order and at most once, each request has one reply, and a request that failed with
 * 503 was not handled. The seed of a schedule repeats it: {@code -Dmodel.seed=7};
 * {@code -Dmodel.schedules} sets their number.
 */
class ClusterModelTests {

	private static final int SCHEDULES = Integer.getInteger("model.schedules", 100);

	private static final long FIRST_SEED = Long.getLong("model.seed", 1);

	@Test
	void allNodesAgreeAfterAQuietTime() {
		for (long seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
			ClusterSchedule schedule = new ClusterSchedule(seed);
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
