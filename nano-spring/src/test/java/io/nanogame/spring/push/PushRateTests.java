package io.nanogame.spring.push;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PushRateTests {

	private static final long SECOND = 1_000_000_000L;

	private final long begin = System.nanoTime() + SECOND;

	@Test
	void aBurstOfOneSecondIsAllowedThenOneRequestForEachInterval() {
		PushRate rate = new PushRate(4);
		for (int i = 0; i < 4; i++) {
			assertThat(rate.nanosToWait(this.begin)).isZero();
		}
		assertThat(rate.nanosToWait(this.begin)).isEqualTo(SECOND / 4);
		assertThat(rate.nanosToWait(this.begin + SECOND / 4 - 1)).isOne();
		assertThat(rate.nanosToWait(this.begin + SECOND / 4)).isZero();
		assertThat(rate.nanosToWait(this.begin + SECOND / 4)).isEqualTo(SECOND / 4);
	}

	@Test
	void unusedRequestsAreSavedForOneSecondAtMost() {
		PushRate rate = new PushRate(2);
		long later = this.begin + 100 * SECOND;
		assertThat(rate.nanosToWait(later)).isZero();
		assertThat(rate.nanosToWait(later)).isZero();
		assertThat(rate.nanosToWait(later)).isEqualTo(SECOND / 2);
	}

	@Test
	void withoutARateRequestsAreUnlimited() {
		PushRate rate = new PushRate(0);
		for (int i = 0; i < 10_000; i++) {
			assertThat(rate.nanosToWait(this.begin)).isZero();
		}
	}

}
