package io.nanogame.spring.match;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random schedules of players and parties in several queues, on gateways between which
 * they move, with lost and late calls, owners of queues that die, and two owners at once.
 * No ticket is matched twice, each ends once and its client is notified, and of a match
 * all players who are there have it, or none. {@code -Dmodel.schedules=100000} runs more
 * of them, {@code -Dmodel.seed=7} repeats one, and both run those from the seed.
 */
class MatchModelTests {

	@Test
	void eachTicketEndsOnceAndEachMatchHasAllItsPlayers() {
		Long repeated = Long.getLong("model.seed");
		long first = (repeated != null) ? repeated : 1;
		long last = first + Long.getLong("model.schedules", (repeated != null) ? 1 : 100) - 1;
		int matches = 0;
		for (long seed = first; seed <= last; seed++) {
			MatchSchedule schedule = new MatchSchedule(seed);
			try {
				schedule.run();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("Schedule with -Dmodel.seed=%d: %s after %s".formatted(seed, ex.getMessage(),
						schedule.operations), ex);
			}
			matches += schedule.matches();
		}
		assertThat(matches).as("matches").isPositive();
	}

}
