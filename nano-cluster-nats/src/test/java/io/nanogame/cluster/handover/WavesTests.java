package io.nanogame.cluster.handover;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the clients of a gateway are spread over the time in which they leave it.
 */
class WavesTests {

	private static final long BEGAN = -5_000_000_000L;

	private final Waves waves = new Waves(BEGAN, Duration.ofSeconds(4));

	private int due(int total, Duration elapsed) {
		return this.waves.due(total, BEGAN + elapsed.toNanos());
	}

	@Test
	void manyClientsAreSpreadEvenly() {
		assertThat(due(100_000, Duration.ofSeconds(1))).isEqualTo(25_000);
		assertThat(due(100_000, Duration.ofSeconds(2))).isEqualTo(50_000);
		assertThat(due(100_000, Duration.ofMillis(3999))).isLessThan(100_000);
	}

	@Test
	void allAreDueAtTheEnd() {
		assertThat(due(100_000, Duration.ofSeconds(4))).isEqualTo(100_000);
		assertThat(due(7, Duration.ofSeconds(9))).isEqualTo(7);
	}

	@Test
	void aFewClientsAreDueAtOnce() {
		assertThat(due(Waves.LEAST, Duration.ZERO)).isEqualTo(Waves.LEAST);
		assertThat(due(3, Duration.ZERO)).isEqualTo(3);
		assertThat(due(0, Duration.ZERO)).isZero();
	}

	@Test
	void noWaveIsSmallerThanTheLeastNumber() {
		assertThat(due(120, Duration.ZERO)).isEqualTo(50);
		assertThat(due(120, Waves.INTERVAL.minusNanos(1))).isEqualTo(50);
		assertThat(due(120, Waves.INTERVAL)).isEqualTo(100);
		assertThat(due(120, Waves.INTERVAL.multipliedBy(2))).isEqualTo(120);
	}

	@Test
	void theNumberNeverDecreases() {
		int last = 0;
		for (long millis = 0; millis <= 4000; millis += 10) {
			int next = due(777, Duration.ofMillis(millis));
			assertThat(next).isBetween(last, 777);
			last = next;
		}
	}

	@Test
	void withoutATimeAllAreDueAtOnce() {
		assertThat(new Waves(BEGAN, Duration.ZERO).due(1000, BEGAN)).isEqualTo(1000);
	}

}
