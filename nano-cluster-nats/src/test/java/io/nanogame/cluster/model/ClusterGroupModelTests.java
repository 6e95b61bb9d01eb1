package io.nanogame.cluster.model;

import org.junit.jupiter.api.Test;

/**
 * Groups of three gateways and three backends under random operations of all nodes, with
 * losses, delays, partitions, reconnects and restarts of backends. After a quiet time all
 * nodes that use a group agree with the gateways about its members. The groups that were
 * open on any node when one has closed them, or when they were to expire, are closed, and
 * those that were opened later are not. A member receives the pushes of a node at most
 * once and in order, and each of them if no message was lost; a session that the node has
 * removed before receives none. The seed of a schedule repeats it:
 * {@code -Dmodel.seed=7}; {@code -Dmodel.schedules} sets their number.
 */
class ClusterGroupModelTests {

	private static final int SCHEDULES = Integer.getInteger("model.schedules", 100);

	private static final long FIRST_SEED = Long.getLong("model.seed", 1);

	@Test
	void allNodesAgreeAboutTheMembersAfterAQuietTime() {
		for (long seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
			GroupSchedule schedule = new GroupSchedule(seed);
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
