package io.nanogame.cluster.group;

import java.time.Duration;

import io.nanogame.lane.Timers;
import io.nanogame.memory.ManualTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The time until a group expires, when calls of other nodes arrive late, or not in the
 * order in which they were made.
 */
class LifetimeTests {

	private static final Duration TTL = Duration.ofSeconds(30);

	private static final Duration MOMENT = Duration.ofMillis(10);

	private final ManualTime time = new ManualTime(() -> {
	});

	private final Lifetime lifetime = new Lifetime(new Timers(Runnable::run, Duration.ofMillis(1), this.time),
			() -> this.ended++);

	private int ended;

	private void assertEndsAfter(Duration rest) {
		this.time.advance(rest.minus(MOMENT));
		assertThat(this.ended).as("before").isZero();
		this.time.advance(MOMENT.multipliedBy(2));
		assertThat(this.ended).as("after").isOne();
	}

	@Test
	void theNodeThatWasCalledLastIsTheFirst() {
		this.lifetime.startedElsewhere(TTL, Duration.ZERO);
		this.time.advance(Duration.ofSeconds(5));
		this.lifetime.renew();
		assertEndsAfter(TTL);
	}

	@Test
	void otherNodesWaitLonger() {
		this.lifetime.start(TTL);
		this.lifetime.renewedElsewhere(Duration.ofSeconds(0));
		assertEndsAfter(TTL.plus(Lifetime.GRACE));
	}

	@Test
	void aRenewalCountsAlthoughTheCallBeforeItArrivesLater() {
		this.lifetime.renewedElsewhere(Duration.ZERO);
		this.lifetime.startedElsewhere(TTL, Duration.ofMinutes(1));
		assertEndsAfter(TTL.plus(Lifetime.GRACE));
	}

	@Test
	void anEarlierRenewalDoesNotShortenTheTime() {
		this.lifetime.startedElsewhere(TTL, Duration.ZERO);
		this.time.advance(Duration.ofSeconds(25));
		this.lifetime.renew();
		this.lifetime.renewedElsewhere(Duration.ofSeconds(15));
		assertEndsAfter(TTL);
	}

	@Test
	void anEarlierTimeToLiveDoesNotReplaceALaterOne() {
		this.lifetime.start(TTL);
		this.lifetime.startedElsewhere(Duration.ofSeconds(5), Duration.ofSeconds(1));
		assertEndsAfter(TTL);
	}

	@Test
	void aLaterTimeToLiveCountsFromTheLastCall() {
		this.lifetime.startedElsewhere(TTL, Duration.ZERO);
		this.time.advance(Duration.ofSeconds(5));
		this.lifetime.renew();
		this.time.advance(Duration.ofSeconds(5));
		this.lifetime.startedElsewhere(TTL.multipliedBy(2), Duration.ofSeconds(7));
		assertEndsAfter(TTL.multipliedBy(2).minusSeconds(5));
	}

	@Test
	void aLateCallLeavesTimeForALaterOne() {
		this.lifetime.startedElsewhere(TTL, Duration.ofMinutes(1));
		this.time.advance(Lifetime.GRACE.minus(MOMENT));
		assertThat(this.ended).isZero();
		this.lifetime.renewedElsewhere(Duration.ofSeconds(5));
		assertEndsAfter(TTL.plus(Lifetime.GRACE).minusSeconds(5));
	}

	@Test
	void aLateCallEndsTheGroupIfNoLaterOneArrives() {
		this.lifetime.startedElsewhere(TTL, Duration.ofMinutes(1));
		assertEndsAfter(Lifetime.GRACE);
	}

}
