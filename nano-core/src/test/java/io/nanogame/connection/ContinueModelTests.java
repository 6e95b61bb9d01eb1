package io.nanogame.connection;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random schedules of cuts and logins of old clients in virtual time.
 * {@code -Dmodel.schedules=1000000} runs more of them, {@code -Dmodel.seed=7} repeats
 * one.
 */
class ContinueModelTests {

	@Test
	void eachPlayerHasOneSessionThatItsNewestClientContinues() {
		Long repeated = Long.getLong("model.seed");
		long first = (repeated != null) ? repeated : 1;
		long last = (repeated != null) ? repeated : Long.getLong("model.schedules", 500);
		int continued = 0;
		int received = 0;
		int waited = 0;
		for (long seed = first; seed <= last; seed++) {
			ContinueSchedule schedule = new ContinueSchedule(seed);
			try {
				schedule.run();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("Schedule with -Dmodel.seed=" + seed + ": " + ex.getMessage(), ex);
			}
			continued += schedule.continued();
			received += schedule.received();
			waited += schedule.heldPushes();
		}
		if (repeated == null) {
			assertThat(continued).as("continued").isPositive();
			assertThat(received).as("received").isPositive();
			assertThat(waited).as("pushes that were sent to a player without a client").isPositive();
		}
	}

}
