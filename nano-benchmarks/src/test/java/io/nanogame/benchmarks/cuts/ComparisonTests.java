package io.nanogame.benchmarks.cuts;

import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Tests of the comparison of ledgers with planted faults. */
class ComparisonTests {

	private static final int[] LEDGER = IntStream.rangeClosed(1, 100).toArray();

	@Test
	void equalLedgersHaveNoFault() {
		assertThat(Comparison.of(LEDGER, LEDGER)).isEqualTo(new Comparison(100, 100, 0, 0, 0, 0));
		assertThat(Comparison.of(LEDGER, LEDGER).isGood()).isTrue();
	}

	@Test
	void aLossIsFoundAtEachPlace() {
		for (int i = 0; i < LEDGER.length; i++) {
			Comparison planted = Comparison.of(LEDGER, Plants.withoutNumber(LEDGER, i));
			assertThat(planted).isEqualTo(new Comparison(100, 99, 1, 0, 0, 0));
			assertThat(planted.isGood()).isFalse();
		}
	}

	@Test
	void aDoubleIsFoundAtEachPlace() {
		for (int i = 0; i < LEDGER.length; i++) {
			Comparison planted = Comparison.of(LEDGER, Plants.withDouble(LEDGER, i));
			assertThat(planted).isEqualTo(new Comparison(100, 101, 0, 1, 0, 0));
			assertThat(planted.isGood()).isFalse();
		}
	}

	@Test
	void aSwapIsFoundAtEachPlace() {
		for (int i = 0; i < LEDGER.length - 1; i++) {
			Comparison planted = Comparison.of(LEDGER, Plants.withSwap(LEDGER, i));
			assertThat(planted).isEqualTo(new Comparison(100, 100, 0, 0, 1, 0));
			assertThat(planted.isGood()).isFalse();
		}
	}

	@Test
	void aMessageThatWasNotSentIsFound() {
		assertThat(Comparison.of(new int[] { 1, 2 }, new int[] { 1, 2, 3 }))
			.isEqualTo(new Comparison(2, 3, 0, 0, 0, 1));
	}

	@Test
	void aLossAndADoubleDoNotCancelOut() {
		assertThat(Comparison.of(new int[] { 1, 2, 3 }, new int[] { 1, 3, 3 }))
			.isEqualTo(new Comparison(3, 3, 1, 1, 0, 0));
	}

	@Test
	void aLedgerOfSentMessagesHasEachOnce() {
		assertThatIllegalArgumentException().isThrownBy(() -> Comparison.of(new int[] { 1, 1 }, new int[] { 1 }));
	}

	@Test
	void plantedFaultsAreFoundInARealLedger() {
		assertThat(Plants.areFound(LEDGER, new Random(1))).isTrue();
	}

}
