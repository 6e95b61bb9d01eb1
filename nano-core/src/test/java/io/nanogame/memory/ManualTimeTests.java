package io.nanogame.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Timer;
import io.nanogame.lane.Timers;
import io.netty.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ManualTimeTests {

	private final GameThreads threads = new GameThreads();

	private final ManualTime time = new ManualTime(this.threads);

	private final Timers timers = new Timers(new Lane("timer", this.threads.executor(), 100), Duration.ofMillis(1),
			this.time);

	private final List<String> events = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() {
		this.timers.stop();
		this.threads.close();
	}

	@Test
	void theDateAdvancesWithTheTime() {
		long before = this.time.currentTimeMillis();
		assertThat(Instant.ofEpochMilli(before)).isEqualTo("2026-01-01T00:00:00Z");
		this.time.advance(Duration.ofHours(25));
		assertThat(Instant.ofEpochMilli(this.time.currentTimeMillis())).isEqualTo("2026-01-02T01:00:00Z");
	}

	@Test
	void dueTasksRunInOrderAndAtTheirTime() {
		this.timers.after(Duration.ofSeconds(3), () -> this.events.add("three at " + seconds()));
		this.timers.every(Duration.ofSeconds(2), () -> this.events.add("two at " + seconds()));
		this.time.advance(Duration.ofMillis(1_999));
		assertThat(this.events).isEmpty();
		this.time.advance(Duration.ofMillis(2_001));
		assertThat(this.events).containsExactly("two at 2", "three at 3", "two at 4");
		assertThat(seconds()).isEqualTo(4);
	}

	@Test
	void tasksScheduledMeanwhileRunToo() {
		this.timers.after(Duration.ofSeconds(1),
				() -> this.timers.after(Duration.ofSeconds(1), () -> this.events.add("at " + seconds())));
		this.time.advance(Duration.ofSeconds(2));
		assertThat(this.events).containsExactly("at 2");
	}

	@Test
	void aTurnEndsBeforeTheNextIsDue() {
		this.timers.every(Duration.ofMillis(1), () -> {
			Thread.yield();
			this.events.add("turn");
		});
		this.time.advance(Duration.ofMillis(500));
		assertThat(this.events).hasSize(500);
	}

	@Test
	void cancelledTasksDoNotRun() {
		Timer timer = this.timers.every(Duration.ofSeconds(1), () -> this.events.add("turn"));
		Timeout timeout = this.time.newTimeout((due) -> this.events.add("due"), 1, TimeUnit.SECONDS);
		timer.cancel();
		assertThat(timeout.cancel()).isTrue();
		assertThat(timeout.isCancelled()).isTrue();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(this.events).isEmpty();
		assertThat(timeout.isExpired()).isFalse();
	}

	@Test
	void failingTasksDoNotStopTime() {
		this.time.newTimeout((due) -> {
			throw new IllegalStateException("planted");
		}, 1, TimeUnit.SECONDS);
		Timeout second = this.time.newTimeout((due) -> this.events.add("second"), 1, TimeUnit.SECONDS);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.events).containsExactly("second");
		assertThat(second.isExpired()).isTrue();
		assertThat(second.cancel()).isFalse();
	}

	@Test
	void aStoppedTimeRejectsTasks() {
		this.timers.stop();
		assertThatIllegalStateException().isThrownBy(() -> this.timers.after(Duration.ofSeconds(1), () -> {
		}));
	}

	@Test
	void aGameThatDoesNotFinishIsReported() {
		CountDownLatch gate = new CountDownLatch(1);
		this.threads.executor().execute(() -> {
			try {
				gate.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		assertThatIllegalStateException().isThrownBy(() -> this.threads.awaitIdle(Duration.ofMillis(20)))
			.withMessage("The game is still busy after 20 ms: does a handler wait for something?");
		gate.countDown();
		this.threads.awaitIdle(Duration.ofSeconds(10));
	}

	private long seconds() {
		return TimeUnit.NANOSECONDS.toSeconds(this.time.nanoTime());
	}

}
