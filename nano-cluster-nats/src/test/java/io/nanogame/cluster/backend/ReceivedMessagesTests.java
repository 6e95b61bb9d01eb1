package io.nanogame.cluster.backend;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReceivedMessagesTests {

	private final ReceivedMessages received = new ReceivedMessages();

	private void receive(long... sequences) {
		for (long sequence : sequences) {
			assertThat(this.received.receive(sequence)).isTrue();
		}
	}

	@Test
	void aReceivedMessageIsNotLost() {
		receive(3, 5, 9);
		assertThat(this.received.isLost(3)).isFalse();
		assertThat(this.received.isLost(5)).isFalse();
		assertThat(this.received.isLost(9)).isFalse();
	}

	@Test
	void aMessageBetweenAndAfterReceivedOnesIsLost() {
		receive(3, 9);
		assertThat(this.received.isLost(4)).isTrue();
		assertThat(this.received.isLost(10)).isTrue();
	}

	@Test
	void aLostMessageIsNotHandledWhenItArrivesLater() {
		receive(3);
		assertThat(this.received.isMissing(6)).isTrue();
		assertThat(this.received.receive(6)).isFalse();
		assertThat(this.received.receive(5)).isFalse();
		receive(7);
	}

	@Test
	void whatAnEarlierCopyMayHaveReceivedIsNotLost() {
		assertThat(this.received.isLost(1)).isFalse();
		assertThat(this.received.isMissing(1)).isTrue();
		receive(3);
		assertThat(this.received.isLost(2)).isFalse();
		assertThat(this.received.isMissing(2)).isTrue();
		assertThat(this.received.isMissing(3)).isFalse();
	}

	@Test
	void whatIsTooOldIsNotLost() {
		receive(1, 3, 66);
		assertThat(this.received.isLost(2)).isFalse();
		assertThat(this.received.isLost(4)).isTrue();
		receive(1000);
		assertThat(this.received.isLost(67)).isFalse();
		assertThat(this.received.isMissing(67)).isFalse();
		assertThat(this.received.isLost(999)).isTrue();
	}

}
