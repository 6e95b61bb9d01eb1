package io.nanogame.benchmarks.soak;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TrendTests {

	private static Trend trend(int samples, IntToDoubleFunction value) {
		return Trend.of("x", IntStream.range(0, samples).mapToDouble(value).toArray(), 5);
	}

	@Test
	void aValueThatIsStableAfterWarmUpDoesNotGrow() {
		assertThat(trend(60, (i) -> Math.min(i, 15) * 10).grows()).isFalse();
	}

	@Test
	void aVaryingValueDoesNotGrow() {
		Random random = new Random(1);
		assertThat(trend(60, (i) -> 100 + 40 * random.nextDouble()).grows()).isFalse();
	}

	@Test
	void singleOutliersAreIgnored() {
		assertThat(trend(60, (i) -> (i > 53) ? 1000 : 100).grows()).isFalse();
	}

	@Test
	void aSlowLeakGrows() {
		assertThat(trend(60, (i) -> 100 + 0.6 * i).grows()).isTrue();
		assertThat(trend(60, (i) -> 100 + 0.2 * i).grows()).as("within a tenth").isFalse();
	}

	@Test
	void growthWithinTheSlackIsAllowed() {
		assertThat(trend(60, (i) -> (i < 30) ? 0 : 5).grows()).isFalse();
		assertThat(trend(60, (i) -> (i < 30) ? 0 : 6).grows()).isTrue();
	}

	@Test
	void theMedianOfAnEvenCountIsBetweenTheMiddleValues() {
		assertThat(Trend.median(new double[] { 4, 1, 3, 2 })).isEqualTo(2.5);
		assertThat(Trend.median(new double[] { 9, 1, 3 })).isEqualTo(3);
	}

	@Test
	void tooFewSamplesAreRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> trend(7, (i) -> 1))
			.withMessage("7 samples of x are too few for a trend");
	}

}
