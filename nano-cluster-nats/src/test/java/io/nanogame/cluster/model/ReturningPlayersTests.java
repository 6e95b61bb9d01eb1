package io.nanogame.cluster.model;

import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random schedules of players whose clients cannot resume: each login continues the
 * player's session, wherever it is. With {@code -Dmodel.schedules} more of them run, with
 * {@code -Dmodel.seed} only that one.
 */
class ReturningPlayersTests {

	private int continued;

	private int drains;

	private int parked;

	private int run(boolean isLossy, boolean drains, Consumer<ReturningSchedule> ended) {
		Long repeated = Long.getLong("model.seed");
		long first = (repeated != null) ? repeated : 1;
		long last = (repeated != null) ? repeated : Long.getLong("model.schedules", 100) / 2;
		for (long seed = first; seed <= last; seed++) {
			try {
				ReturningSchedule schedule = new ReturningSchedule(seed, isLossy, drains);
				schedule.run();
				ended.accept(schedule);
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("Schedule with -Dmodel.seed=" + seed + ": " + ex.getMessage(), ex);
			}
		}
		return (int) (last - first + 1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aLoginAtAnyGatewayContinuesTheSessionOfThePlayer(boolean isLossy) {
		int schedules = run(isLossy, false, (schedule) -> this.continued += schedule.isContinued() ? 1 : 0);
		// An older session that does not arrive in time is replaced.
		assertThat(this.continued).isGreaterThanOrEqualTo(isLossy ? 0 : schedules);
	}

	/** Without the report, the first request fails with 503. */
	@Test
	void aBackendThatHasEndedItsCopyReportsThatToTheNextGateway() {
		new ReturningSchedule(1066, true, false).run();
	}

	@Test
	void aPlayerKeepsTheSessionWhileGatewaysAreRestarted() {
		int schedules = run(false, true, (schedule) -> {
			this.drains += schedule.drains();
			this.parked += schedule.parked();
		});
		if (schedules > 1) {
			assertThat(this.drains).isGreaterThanOrEqualTo(schedules);
			assertThat(this.parked).isPositive();
		}
	}

}
