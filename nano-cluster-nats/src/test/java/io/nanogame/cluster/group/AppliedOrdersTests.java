package io.nanogame.cluster.group;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Orders of a node that are repeated, and arrive in another order than they were given.
 */
class AppliedOrdersTests {

	private final AppliedOrders applied = new AppliedOrders();

	private boolean begin(String group, long number, long settled) {
		return this.applied.begin("room-1", group, number, settled);
	}

	private boolean beginClose(String group, long number, long settled) {
		return this.applied.beginClose("room-1", group, number, settled);
	}

	@Test
	void anOrderIsAppliedOnce() {
		assertThat(begin("team", 2, 2)).isTrue();
		assertThat(begin("team", 2, 2)).isFalse();
		assertThat(begin("team", 3, 2)).isTrue();
		assertThat(this.applied.begin("room-2", "team", 2, 2)).isTrue();
	}

	@Test
	void anOrderThatIsSettledIsNotAppliedAgain() {
		assertThat(begin("team", 5, 5)).isTrue();
		assertThat(begin("team", 4, 0)).isFalse();
	}

	@Test
	void anOrderIsNotAppliedAfterALaterCloseOfItsGroup() {
		assertThat(beginClose("team", 3, 1)).isTrue();
		assertThat(begin("team", 2, 1)).isFalse();
		assertThat(begin("other", 2, 1)).isTrue();
		assertThat(begin("team", 4, 1)).isTrue();
	}

	@Test
	void aCloseIsAppliedOnceAndNotAfterALaterOne() {
		assertThat(beginClose("team", 3, 1)).isTrue();
		assertThat(beginClose("team", 3, 1)).isFalse();
		assertThat(beginClose("team", 5, 1)).isTrue();
		assertThat(beginClose("team", 4, 1)).isFalse();
	}

	@Test
	void aCloseThatIsSettledIsNotAppliedAgain() {
		assertThat(beginClose("team", 3, 3)).isTrue();
		assertThat(begin("team", 7, 7)).isTrue();
		assertThat(beginClose("team", 3, 3)).isFalse();
	}

	@Test
	void aNodeThatIsGoneBeginsAgain() {
		assertThat(beginClose("team", 3, 3)).isTrue();
		this.applied.forget("room-1");
		assertThat(beginClose("team", 3, 3)).isTrue();
	}

}
