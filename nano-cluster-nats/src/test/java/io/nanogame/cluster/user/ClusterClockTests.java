package io.nanogame.cluster.user;

import java.time.Duration;

import io.nanogame.memory.ManualTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterClockTests {

	private static final int COUNT_BITS = 16;

	private final ManualTime time = new ManualTime(() -> {
	});

	private final ClusterClock clock = new ClusterClock(this.time);

	/** The stamp of another node, whose clock is ahead. */
	private long stampAhead(Duration lead) {
		return this.time.currentTimeMillis() + lead.toMillis() << COUNT_BITS;
	}

	@Test
	void stampsGrow() {
		long before = this.clock.next();
		for (int i = 0; i < 1000; i++) {
			long next = this.clock.next();
			assertThat(next).isGreaterThan(before);
			before = next;
		}
	}

	@Test
	void stampsGrowWithTime() {
		long before = this.clock.next();
		this.time.advance(Duration.ofMillis(5));
		assertThat(this.clock.next()).isEqualTo(before + (5L << COUNT_BITS));
	}

	@Test
	void theClockStaysAsFarAheadAsAReceivedStamp() {
		this.clock.received(stampAhead(Duration.ofHours(1)));
		this.time.advance(Duration.ofMillis(200));
		assertThat(this.clock.next()).isGreaterThan(stampAhead(Duration.ofMinutes(59)))
			.isLessThan(stampAhead(Duration.ofHours(2)));
	}

}
