package io.nanogame.cluster.user;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterClockTests {

	private static final int COUNT_BITS = 16;

	/** A clock of another node, that is an hour ahead. */
	private static long stampAhead() {
		return System.currentTimeMillis() + Duration.ofHours(1).toMillis() << COUNT_BITS;
	}

	@Test
	void stampsGrow() {
		ClusterClock clock = new ClusterClock();
		long before = clock.next();
		for (int i = 0; i < 1000; i++) {
			long next = clock.next();
			assertThat(next).isGreaterThan(before);
			before = next;
		}
	}

	@Test
	void whoHasHeardOfAClockThatIsAheadKeepsUpWithIt() {
		ClusterClock clock = new ClusterClock();
		clock.received(stampAhead());
		long later = stampAhead() + (Duration.ofMillis(200).toMillis() << COUNT_BITS);
		Awaitility.await().pollDelay(Duration.ZERO).until(() -> stampAhead() > later);
		long ofTheOther = stampAhead() - (Duration.ofMillis(100).toMillis() << COUNT_BITS);
		assertThat(clock.next()).isGreaterThan(ofTheOther);
	}

}
