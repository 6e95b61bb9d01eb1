package io.nanogame.dispatch;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random schedules on virtual time. {@code -Dmodel.schedules=1000000} runs more of them,
 * {@code -Dmodel.seed=7} repeats one.
 */
class ScheduleTests {

	@Test
	void eachRequestGetsOneResponseInTimeAnd503OnlyIfItsHandlerNeverStarts() {
		Long repeated = Long.getLong("model.seed");
		long first = (repeated != null) ? repeated : 1;
		long last = (repeated != null) ? repeated : Long.getLong("model.schedules", 2000);
		int[] answers = new int[600];
		for (long seed = first; seed <= last; seed++) {
			try (Schedule schedule = new Schedule(seed)) {
				schedule.run();
				for (int code = 0; code < answers.length; code++) {
					answers[code] += schedule.answers(code);
				}
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("Schedule with -Dmodel.seed=" + seed + ": " + ex.getMessage(), ex);
			}
		}
		if (repeated == null) {
			assertThat(new int[] { answers[200], answers[404], answers[408], answers[409], answers[410], answers[503] })
				.as("answers of each kind")
				.doesNotContain(0);
		}
	}

}
