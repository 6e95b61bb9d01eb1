package io.nanogame.cluster.model;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random schedules of clients that resume their sessions on any gateway. With
 * {@code -Dmodel.schedules} more of them run, with {@code -Dmodel.seed} only that one.
 */
class RoamingTests {

	@ParameterizedTest
	@CsvSource({ "false, false", "true, false", "false, true", "true, true" })
	void aSessionContinuesOnAnyGateway(boolean loses, boolean kills) {
		Long repeated = Long.getLong("model.seed");
		long first = (repeated != null) ? repeated : 1;
		long last = (repeated != null) ? repeated : Long.getLong("model.schedules", 100) / 4;
		int resumes = 0;
		for (long seed = first; seed <= last; seed++) {
			try {
				RoamingSchedule schedule = new RoamingSchedule(seed, loses, kills);
				schedule.run();
				resumes += schedule.resumes();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("Schedule with -Dmodel.seed=" + seed + ": " + ex.getMessage(), ex);
			}
		}
		if (repeated == null) {
			assertThat(resumes).as("sessions that were resumed").isPositive();
		}
	}

}
