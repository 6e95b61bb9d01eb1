package io.nanogame.spring.room;

import java.time.Duration;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TickStepsTests {

	private final TickSteps steps = new TickSteps(Duration.ofMillis(50));

	private long[] ticks(long... millis) {
		return LongStream.of(millis).map((elapsed) -> this.steps.next(Duration.ofMillis(elapsed))).toArray();
	}

	@Test
	void eachTurnInTimeHasOneTick() {
		assertThat(ticks(50, 50, 50)).containsExactly(1, 1, 1);
	}

	@Test
	void turnsThatAreALittleEarlyOrLateHaveOneTick() {
		assertThat(ticks(49, 51, 52, 48, 50)).containsExactly(1, 1, 1, 1, 1);
	}

	@Test
	void whatIsLeftOfATurnCountsForTheNextOne() {
		assertThat(ticks(80, 70, 50)).containsExactly(1, 2, 1);
	}

	@Test
	void skippedTicksAreRepeated() {
		assertThat(ticks(50, 150, 50)).containsExactly(1, 3, 1);
	}

	@Test
	void afterALongPauseOnlyAFewAreRepeated() {
		assertThat(ticks(10_000, 50, 50)).containsExactly(5, 1, 1);
	}

}
