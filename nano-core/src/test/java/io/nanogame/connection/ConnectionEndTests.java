package io.nanogame.connection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random schedules on virtual time. {@code -Dmodel.schedules=1000000} runs more of them,
 * {@code -Dmodel.seed=7} repeats one.
 */
class ConnectionEndTests {

	private static final List<String> REASONS = List.of("client-closed", "kick", "closed", "handshake-refused",
			"protocol-error", "no-handshake", "handshake-timeout", "heartbeat-timeout", "too-many-connections",
			"already-logged-in", "replaced", "shutdown");

	@Test
	void eachConnectionEndsOnceAndPushesHaveTheFormOfTheHandshake() {
		Long repeated = Long.getLong("model.seed");
		long first = (repeated != null) ? repeated : 1;
		long last = (repeated != null) ? repeated : Long.getLong("model.schedules", 500);
		Map<String, Long> ends = new HashMap<>();
		int pushes = 0;
		for (long seed = first; seed <= last; seed++) {
			ConnectionSchedule schedule = new ConnectionSchedule(seed);
			try {
				schedule.run();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("Schedule with -Dmodel.seed=" + seed + ": " + ex.getMessage(), ex);
			}
			REASONS.forEach((code) -> ends.merge(code, schedule.ends(code), Long::sum));
			pushes += schedule.pushes();
		}
		if (repeated == null) {
			assertThat(ends).as("ends by reason").doesNotContainValue(0L);
			assertThat(pushes).isPositive();
		}
	}

}
