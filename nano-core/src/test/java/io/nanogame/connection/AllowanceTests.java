package io.nanogame.connection;

import java.util.Map;
import java.util.stream.IntStream;

import io.nanogame.connection.TransportLimits.OnExcess;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AllowanceTests {

	private static final long SECOND = 1_000_000_000;

	/** A clock may begin anywhere, and may overflow. */
	private static final long START = Long.MAX_VALUE - SECOND;

	private static Allowance allowance(int rate, int burst) {
		return allowance(rate, burst, Map.of());
	}

	private static Allowance allowance(int rate, int burst, Map<String, Integer> weights) {
		return new Allowance(new RequestRate(limits(rate, burst, weights), System::nanoTime), START);
	}

	private static TransportLimits limits(int rate, int burst, Map<String, Integer> weights) {
		return new TransportLimits(0, 0, rate, burst, weights, OnExcess.ANSWER);
	}

	private static long sent(Allowance allowance, int count, String route, long now) {
		return IntStream.range(0, count).filter((i) -> allowance.covers(route, now)).count();
	}

	@Test
	void theMessagesOfOneSecondMayBeSentAtOnce() {
		assertThat(sent(allowance(10, 0), 100, "a", START)).isEqualTo(10);
	}

	@Test
	void aBurstMayBeLongerOrShorterThanASecond() {
		assertThat(sent(allowance(10, 30), 100, "a", START)).isEqualTo(30);
		assertThat(sent(allowance(10, 5), 100, "a", START)).isEqualTo(5);
	}

	@Test
	void usedTokensAreRefilledOverTime() {
		Allowance allowance = allowance(10, 0);
		assertThat(sent(allowance, 100, "a", START)).isEqualTo(10);
		assertThat(sent(allowance, 100, "a", START + SECOND / 10 - 1)).isZero();
		assertThat(sent(allowance, 100, "a", START + SECOND / 10)).isOne();
		assertThat(sent(allowance, 100, "a", START + SECOND / 2)).isEqualTo(4);
		assertThat(sent(allowance, 100, "a", START + 2 * SECOND)).isEqualTo(10);
	}

	@Test
	void aLongSilenceSavesAtMostOneBurst() {
		Allowance allowance = allowance(10, 20);
		assertThat(sent(allowance, 100, "a", START + 3600 * SECOND)).isEqualTo(20);
	}

	@Test
	void aClientThatSendsEvenlyAtTheRateIsNeverRejected() {
		Allowance allowance = allowance(10, 1);
		assertThat(IntStream.range(0, 1000).allMatch((i) -> allowance.covers("a", START + i * SECOND / 10))).isTrue();
	}

	@Test
	void aMessageCostsTheWeightOfItsRoute() {
		Allowance allowance = allowance(10, 0, Map.of("heavy", 5, "free", 0));
		assertThat(sent(allowance, 100, "free", START)).isEqualTo(100);
		assertThat(sent(allowance, 1, "heavy", START)).isOne();
		assertThat(sent(allowance, 1, "a", START)).isOne();
		assertThat(sent(allowance, 1, "heavy", START)).as("four are left").isZero();
		assertThat(sent(allowance, 100, "a", START)).isEqualTo(4);
		assertThat(sent(allowance, 100, "free", START)).isEqualTo(100);
	}

	@Test
	void aRejectedMessageCostsNothing() {
		Allowance allowance = allowance(1, 0);
		assertThat(sent(allowance, 1000, "a", START)).isOne();
		assertThat(sent(allowance, 1, "a", START + SECOND)).isOne();
	}

	@Test
	void withoutARateThereIsNoAllowance() {
		assertThat(new RequestRate(limits(0, 10, Map.of()), System::nanoTime).allowance(null)).isNull();
	}

	@Test
	void aWeightAboveTheBurstIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> limits(10, 4, Map.of("heavy", 5)))
			.withMessageContaining("heavy");
		assertThatIllegalArgumentException().isThrownBy(() -> limits(4, 0, Map.of("heavy", 5)))
			.withMessageContaining("heavy");
	}

}
