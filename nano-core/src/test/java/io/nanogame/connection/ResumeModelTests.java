package io.nanogame.connection;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random schedules of cuts and resumes in virtual time. {@code -Dmodel.schedules=1000000}
 * runs more of them, {@code -Dmodel.seed=7} repeats one.
 */
class ResumeModelTests {

	@Test
	void eachMessageIsReceivedOnceAndInOrderOrTheSessionIsLost() {
		Long repeated = Long.getLong("model.seed");
		long first = (repeated != null) ? repeated : 1;
		long last = (repeated != null) ? repeated : Long.getLong("model.schedules", 500);
		int detached = 0;
		int resumed = 0;
		int lost = 0;
		int received = 0;
		for (long seed = first; seed <= last; seed++) {
			ResumeSchedule schedule = new ResumeSchedule(seed);
			try {
				schedule.run();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("Schedule with -Dmodel.seed=" + seed + ": " + ex.getMessage(), ex);
			}
			detached += schedule.detached();
			resumed += schedule.resumed();
			lost += schedule.lost();
			received += schedule.received();
		}
		if (repeated == null) {
			assertThat(detached).as("detached").isPositive();
			assertThat(resumed).as("resumed").isPositive();
			assertThat(lost).as("lost").isPositive();
			assertThat(received).as("received").isPositive();
		}
	}

}
