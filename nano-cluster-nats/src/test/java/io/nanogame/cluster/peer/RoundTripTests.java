package io.nanogame.cluster.peer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoundTripTests {

	private long now;

	private final RoundTrip roundTrip = new RoundTrip(() -> this.now);

	@Test
	void itIsTheTimeOfTheLastMessage() {
		assertThat(this.roundTrip.nanos()).isZero();
		long first = this.roundTrip.send();
		this.now += 5;
		this.roundTrip.receive(first);
		this.now += 100;
		assertThat(this.roundTrip.nanos()).isEqualTo(5);
		assertThat(this.roundTrip.silentNanos()).isEqualTo(100);
	}

	@Test
	void aMessageThatDoesNotArriveIsOlderThanTheLastOne() {
		long first = this.roundTrip.send();
		this.now += 5;
		this.roundTrip.receive(first);
		this.roundTrip.send();
		this.now += 20;
		this.roundTrip.send();
		this.now += 20;
		assertThat(this.roundTrip.nanos()).isEqualTo(40);
	}

	@Test
	void aMessageArrivesAfterOthersAreLost() {
		this.roundTrip.send();
		this.now += 50;
		long second = this.roundTrip.send();
		this.now += 5;
		this.roundTrip.receive(second);
		this.now += 100;
		assertThat(this.roundTrip.nanos()).isEqualTo(5);
	}

	@Test
	void aMessageArrivesWhileANewerOneIsOnItsWay() {
		long first = this.roundTrip.send();
		this.now += 50;
		this.roundTrip.send();
		this.roundTrip.receive(first);
		this.now += 60;
		assertThat(this.roundTrip.nanos()).isEqualTo(60);
	}

	@Test
	void aTimeOfTheFutureCountsAsZero() {
		this.roundTrip.receive(Long.MAX_VALUE / 2);
		assertThat(this.roundTrip.nanos()).isZero();
	}

}
