package io.nanogame.cluster.model;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random schedules of a rolling restart of the gateways under traffic: no client loses
 * its session, and each message arrives once and in order. With {@code -Dmodel.schedules}
 * more of them run, with {@code -Dmodel.seed} only that one.
 */
class GatewayDrainTests {

	@Test
	void noClientNoticesTheRestartOfGateways() {
		Long repeated = Long.getLong("model.seed");
		long first = (repeated != null) ? repeated : 1;
		long last = (repeated != null) ? repeated : Long.getLong("model.schedules", 100);
		int drains = 0;
		int parked = 0;
		for (long seed = first; seed <= last; seed++) {
			try {
				RoamingSchedule schedule = new RoamingSchedule(seed, false, false, true);
				schedule.run();
				drains += schedule.drains();
				parked += schedule.parked();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("Schedule with -Dmodel.seed=" + seed + ": " + ex.getMessage(), ex);
			}
		}
		if (repeated == null) {
			assertThat(drains).isGreaterThanOrEqualTo((int) last);
			assertThat(parked).isPositive();
		}
	}

}
