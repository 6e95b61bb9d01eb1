package io.nanogame.cluster.bus.nats;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PublishBacklogTests {

	private static final int MEGABYTE = 1024 * 1024;

	@Test
	void whatHasLeftMakesRoom() {
		try (PublishBacklog leaving = new PublishBacklog(() -> 0, 4 * MEGABYTE)) {
			for (int i = 0; i < 100; i++) {
				Awaitility.await().pollDelay(Duration.ZERO).until(() -> leaving.hasRoom(MEGABYTE));
			}
		}
	}

	@Test
	void whatDoesNotLeaveFillsItUntilItDoes() {
		AtomicLong waiting = new AtomicLong(4 * MEGABYTE);
		try (PublishBacklog leaving = new PublishBacklog(waiting::get, 4 * MEGABYTE)) {
			Awaitility.await().until(() -> !leaving.hasRoom(MEGABYTE));
			waiting.set(0);
			Awaitility.await().until(() -> leaving.hasRoom(2 * MEGABYTE));
		}
	}

	@Test
	void nobodyWaitsWhenTheNetworkCannotBeAsked() {
		CountDownLatch back = new CountDownLatch(1);
		try (PublishBacklog leaving = new PublishBacklog(() -> {
			await(back);
			return 0;
		}, 4 * MEGABYTE)) {
			assertThat(leaving.hasRoom(2 * MEGABYTE)).isTrue();
			assertThat(leaving.hasRoom(2 * MEGABYTE)).isTrue();
			assertThat(leaving.hasRoom(1)).isFalse();
			back.countDown();
			Awaitility.await().until(() -> leaving.hasRoom(MEGABYTE));
		}
	}

	@Test
	void theBytesAreThoseOfTheLastQuery() {
		AtomicLong waiting = new AtomicLong(7);
		try (PublishBacklog leaving = new PublishBacklog(waiting::get, 4 * MEGABYTE)) {
			leaving.hasRoom(1000);
			Awaitility.await().until(() -> leaving.bytes() == 7);
			waiting.set(0);
			Awaitility.await().until(() -> leaving.bytes() == 0);
		}
	}

	@Test
	void bytesThatAreAddedCountWhileTheClientDoesNotReply() {
		CountDownLatch back = new CountDownLatch(1);
		try (PublishBacklog leaving = new PublishBacklog(() -> {
			await(back);
			return 0;
		}, 4 * MEGABYTE)) {
			leaving.hasRoom(1000);
			Awaitility.await().until(() -> leaving.bytes() == 1000);
			leaving.hasRoom(500);
			assertThat(leaving.bytes()).isEqualTo(1500);
			back.countDown();
			Awaitility.await().until(() -> leaving.bytes() == 0);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
