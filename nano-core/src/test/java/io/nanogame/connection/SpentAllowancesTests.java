package io.nanogame.connection;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SpentAllowancesTests {

	/** A clock may begin anywhere, and may overflow. */
	private static final long NOW = Long.MAX_VALUE - 5;

	private final SpentAllowances spent = new SpentAllowances();

	@Test
	void eachSavedAllowanceIsUsedOnce() {
		this.spent.put("player-1", NOW + 10, NOW);
		this.spent.put("player-1", NOW + 20, NOW);
		assertThat(this.spent.take("player-2", NOW)).isEqualTo(NOW);
		assertThat(this.spent.take("player-1", NOW)).isEqualTo(NOW + 10);
		assertThat(this.spent.take("player-1", NOW)).isEqualTo(NOW + 20);
		assertThat(this.spent.take("player-1", NOW)).isEqualTo(NOW);
		assertThat(this.spent.players()).isZero();
	}

	@Test
	void aFullAllowanceIsDropped() {
		this.spent.put("player-1", NOW, NOW);
		assertThat(this.spent.players()).isZero();
		this.spent.put("player-1", NOW + 10, NOW);
		assertThat(this.spent.take("player-1", NOW + 10)).isEqualTo(NOW + 10);
		assertThat(this.spent.players()).isZero();
	}

	@Test
	void theNumberOfSavedAllowancesIsLimited() {
		IntStream.range(0, 1000).forEach((i) -> this.spent.put("player-1", NOW + 10, NOW));
		assertThat(IntStream.range(0, 1000).filter((i) -> this.spent.take("player-1", NOW) != NOW)).hasSize(16);
		IntStream.range(0, 20_000).forEach((i) -> this.spent.put("other-" + i, NOW + 10, NOW));
		assertThat(this.spent.players()).isEqualTo(10_000);
		this.spent.put("player-1", NOW + 30, NOW + 20);
		assertThat(this.spent.players()).isOne();
	}

	@Test
	void noAllowanceIsSavedWithoutAUid() {
		this.spent.put(null, NOW + 10, NOW);
		assertThat(this.spent.take(null, NOW)).isEqualTo(NOW);
	}

}
