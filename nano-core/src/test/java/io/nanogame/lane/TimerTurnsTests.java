package io.nanogame.lane;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The turns of timers, and when they are skipped.
 */
class TimerTurnsTests {

	private static final Duration TICK = Duration.ofMillis(1);

	private final ExecutorService workers = Executors.newFixedThreadPool(2);

	private final Lane lane = new Lane("timer", this.workers, 100);

	private final ManualExecutor held = new ManualExecutor();

	private final Timers timers = new Timers(this.lane, TICK);

	private final AtomicInteger turns = new AtomicInteger();

	@AfterEach
	void stop() {
		this.timers.stop();
		this.workers.shutdownNow();
	}

	/** Waits until a timer of one tick has had that many turns. */
	private void ticks(int number) throws InterruptedException {
		CountDownLatch passed = new CountDownLatch(number);
		Timer clock = this.timers.every(TICK, Runnable::run, passed::countDown);
		assertThat(passed.await(10, TimeUnit.SECONDS)).isTrue();
		clock.cancel();
	}

	@Test
	void aTimerCancelledOnItsLaneNeverRunsAgain() throws Exception {
		AtomicReference<Timer> timer = new AtomicReference<>();
		CountDownLatch cancelled = new CountDownLatch(1);
		CountDownLatch known = new CountDownLatch(1);
		timer.set(this.timers.every(TICK, () -> {
			awaitQuietly(known);
			if (this.turns.incrementAndGet() == 3) {
				timer.get().cancel();
				cancelled.countDown();
			}
		}));
		known.countDown();
		assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
		ticks(20);
		assertThat(this.turns).hasValue(3);
		assertThat(timer.get().isActive()).isFalse();
		assertThat(this.timers.count()).isZero();
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void aQueuedTurnOfACancelledTimerDoesNotRun() {
		Timer timer = this.timers.every(TICK, this.held, this.turns::incrementAndGet);
		await().until(() -> this.held.waiting() == 1);
		timer.cancel();
		timer.cancel();
		this.held.runAll();
		assertThat(this.turns).hasValue(0);
	}

	@Test
	void aTurnIsSkippedWhileThePreviousOneIsQueued() throws Exception {
		this.timers.every(TICK, this.held, this.turns::incrementAndGet);
		await().until(() -> this.held.waiting() == 1);
		ticks(30);
		assertThat(this.held.waiting()).as("turns do not pile up").isOne();
		this.held.runNext();
		assertThat(this.turns).hasValue(1);
		await().until(() -> this.held.waiting() == 1);
		this.held.runNext();
		assertThat(this.turns).hasValue(2);
	}

	@Test
	void aSkippedTurnIsNotCounted() throws Exception {
		this.timers.count(TICK, 2, this.held, this.turns::incrementAndGet);
		await().until(() -> this.held.waiting() == 1);
		ticks(20);
		this.held.runNext();
		await().until(() -> this.held.waiting() == 1);
		this.held.runNext();
		assertThat(this.turns).hasValue(2);
		assertThat(this.timers.count()).isZero();
	}

	@Test
	void theIntervalIsFromStartToStart() {
		AtomicBoolean onTime = new AtomicBoolean();
		AtomicLong due = new AtomicLong(System.nanoTime());
		this.timers.every(Duration.ofMillis(20), () -> {
			long start = System.nanoTime();
			if (start < due.get()) {
				onTime.set(true);
			}
			while (System.nanoTime() - start < 15_000_000) {
				Thread.onSpinWait();
			}
			// If the interval began after the task, no turn would start before this time.
			due.set(System.nanoTime() + 15_000_000);
		});
		await().untilTrue(onTime);
	}

	@Test
	void aTaskThatThrowsIsRunAgain() {
		this.timers.count(TICK, 3, () -> {
			this.turns.incrementAndGet();
			throw new IllegalStateException("expected by this test");
		});
		await().until(() -> this.turns.get() == 3);
		await().until(() -> this.timers.count() == 0);
	}

	@Test
	void aConditionThatThrowsIsCheckedAgain() {
		Timer timer = this.timers.when(() -> {
			if (this.turns.incrementAndGet() < 3) {
				throw new IllegalStateException("expected by this test");
			}
			return false;
		}, () -> {
		});
		await().until(() -> this.turns.get() > 3);
		assertThat(timer.isActive()).isTrue();
	}

	@Test
	void aTurnThatTheLaneRejectsIsRetried() {
		this.held.full(true);
		Timer once = this.timers.after(Duration.ZERO, this.held, this.turns::incrementAndGet);
		await().until(() -> this.held.refusals() >= 2);
		assertThat(once.isActive()).isTrue();
		this.held.full(false);
		await().until(() -> this.held.waiting() == 1);
		this.held.runAll();
		assertThat(this.turns).hasValue(1);
		assertThat(this.timers.count()).isZero();
	}

	@Test
	void anIntervalBelowThePrecisionIsRaisedToThePrecision() throws Exception {
		this.timers.every(Duration.ofNanos(1), this.held, this.turns::incrementAndGet);
		for (int i = 1; i <= 5; i++) {
			await().until(() -> this.held.waiting() == 1);
			this.held.runNext();
			assertThat(this.turns).hasValue(i);
		}
	}

	@Test
	void aTimerWhoseLaneThrowsContinues() throws Exception {
		AtomicInteger refusals = new AtomicInteger();
		CountDownLatch ran = new CountDownLatch(1);
		this.timers.every(TICK, (task) -> {
			if (refusals.incrementAndGet() < 3) {
				throw new IllegalStateException("expected by this test");
			}
			task.run();
		}, ran::countDown);
		assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.timers.skipped()).isGreaterThanOrEqualTo(2);
	}

	@Test
	void skippedTurnsAreCountedAndTheNextTurnReceivesTheElapsedTime() {
		List<Duration> elapsed = new CopyOnWriteArrayList<>();
		this.timers.tick(TICK, this.held, elapsed::add);
		await().until(() -> this.timers.skipped() >= 20);
		this.held.runNext();
		assertThat(elapsed).hasSize(1).allMatch((time) -> time.compareTo(Duration.ofMillis(20)) > 0);
		await().until(() -> this.held.waiting() == 1);
		this.held.runNext();
		assertThat(elapsed).hasSize(2).noneMatch(Duration::isNegative);
	}

}
