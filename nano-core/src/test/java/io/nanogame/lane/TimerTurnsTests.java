package io.nanogame.lane;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When a timer has a turn, and when it has none.
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

	/** Waits until timers of one tick had that many turns. */
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
	void aTurnThatWaitsForItsLaneWhenTheTimerIsCancelledIsNotRun() {
		Timer timer = this.timers.every(TICK, this.held, this.turns::incrementAndGet);
		await().until(() -> this.held.waiting() == 1);
		timer.cancel();
		timer.cancel();
		this.held.runAll();
		assertThat(this.turns).hasValue(0);
	}

	@Test
	void aTimerThatIsDueWhileItsLastTurnWaitsSkipsIt() throws Exception {
		this.timers.every(TICK, this.held, this.turns::incrementAndGet);
		await().until(() -> this.held.waiting() == 1);
		ticks(30);
		assertThat(this.held.waiting()).as("nothing has piled up").isOne();
		this.held.runNext();
		assertThat(this.turns).hasValue(1);
		await().until(() -> this.held.waiting() == 1);
		this.held.runNext();
		assertThat(this.turns).hasValue(2);
	}

	@Test
	void aTurnThatIsSkippedIsNotCounted() throws Exception {
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
	void theIntervalIsFromStartToStart() throws Exception {
		int last = 11;
		List<Long> starts = new CopyOnWriteArrayList<>();
		List<Long> works = new CopyOnWriteArrayList<>();
		CountDownLatch ran = new CountDownLatch(last);
		this.timers.count(Duration.ofMillis(20), last, () -> {
			long start = System.nanoTime();
			starts.add(start);
			while (System.nanoTime() - start < 15_000_000) {
				Thread.onSpinWait();
			}
			works.add(System.nanoTime() - start);
			ran.countDown();
		});
		assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
		// A machine that is busy delays some turns. With a pause between them, all would
		// be as long as the interval and the work together.
		assertThat(IntStream.range(0, last - 1)
			.anyMatch((i) -> starts.get(i + 1) - starts.get(i) < 20_000_000 + works.get(i) - 5_000_000))
			.as("the task's own time does not come on top")
			.isTrue();
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
	void aConditionThatThrowsIsLookedAtAgain() {
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
	void aTurnThatTheLaneRefusesIsTriedAgain() {
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
	void anIntervalBelowThePrecisionIsThePrecision() throws Exception {
		this.timers.every(Duration.ofNanos(1), this.held, this.turns::incrementAndGet);
		for (int i = 1; i <= 5; i++) {
			await().until(() -> this.held.waiting() == 1);
			this.held.runNext();
			assertThat(this.turns).hasValue(i);
		}
	}

}
