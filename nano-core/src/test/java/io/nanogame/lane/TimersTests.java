package io.nanogame.lane;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class TimersTests {

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
	void everyRunsPeriodicallyFirstAfterOneInterval() throws Exception {
		CountDownLatch passed = new CountDownLatch(5);
		long start = System.nanoTime();
		AtomicReference<Duration> first = new AtomicReference<>();
		this.timers.every(Duration.ofMillis(10), () -> {
			first.compareAndSet(null, Duration.ofNanos(System.nanoTime() - start));
			passed.countDown();
		});
		assertThat(passed.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(first.get()).isGreaterThanOrEqualTo(Duration.ofMillis(10));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 7 })
	void countRunsThatOftenAndIsRemoved(int times) throws Exception {
		Timer timer = this.timers.count(TICK, times, this.turns::incrementAndGet);
		await().until(() -> this.turns.get() >= times);
		assertThat(timer.isActive()).isFalse();
		ticks(20);
		assertThat(this.turns).hasValue(times);
		assertThat(this.timers.count()).isZero();
	}

	@Test
	void countRunsThatOftenAlsoOnADirectExecutor() throws Exception {
		Timer timer = this.timers.count(TICK, 3, Runnable::run, this.turns::incrementAndGet);
		await().until(() -> !timer.isActive());
		ticks(20);
		assertThat(this.turns).hasValue(3);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 5 })
	void afterRunsOnceAfterTheDelay(int millis) throws Exception {
		long start = System.nanoTime();
		CountDownLatch ran = new CountDownLatch(1);
		Timer timer = this.timers.after(Duration.ofMillis(millis), () -> {
			this.turns.incrementAndGet();
			ran.countDown();
		});
		assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(millis));
		ticks(20);
		assertThat(this.turns).hasValue(1);
		assertThat(timer.isActive()).isFalse();
		assertThat(this.timers.count()).isZero();
	}

	@Test
	void whenRunsWhileItsConditionIsTrueUntilItIsCancelled() throws Exception {
		AtomicBoolean condition = new AtomicBoolean();
		Timer timer = this.timers.when(condition::get, this.turns::incrementAndGet);
		ticks(20);
		assertThat(this.turns).hasValue(0);
		condition.set(true);
		await().until(() -> this.turns.get() >= 3);
		condition.set(false);
		timer.cancel();
		assertThat(this.timers.count()).isZero();
	}

	@Test
	void tasksAndConditionsRunOnTheirLane() throws Exception {
		Lane own = new Lane("own", this.workers, 100);
		List<Boolean> onLane = new CopyOnWriteArrayList<>();
		CountDownLatch ran = new CountDownLatch(6);
		this.timers.every(TICK, () -> look(this.lane, onLane, ran));
		this.timers.every(TICK, own, () -> look(own, onLane, ran));
		this.timers.count(TICK, 1, () -> look(this.lane, onLane, ran));
		this.timers.count(TICK, 1, own, () -> look(own, onLane, ran));
		this.timers.after(TICK, () -> look(this.lane, onLane, ran));
		this.timers.after(TICK, own, () -> look(own, onLane, ran));
		this.timers.when(() -> look(this.lane, onLane, ran), () -> look(this.lane, onLane, ran));
		this.timers.when(() -> look(own, onLane, ran), own, () -> look(own, onLane, ran));
		assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
		await().until(() -> onLane.size() >= 20);
		assertThat(onLane).containsOnly(true);
	}

	private static boolean look(Lane expected, List<Boolean> onLane, CountDownLatch ran) {
		onLane.add(expected.isCurrent());
		ran.countDown();
		return true;
	}

	@Test
	void theCountIsThatOfActiveTimers() {
		Timer once = this.timers.after(Duration.ofHours(1), this.turns::incrementAndGet);
		Timer often = this.timers.every(Duration.ofHours(1), this.turns::incrementAndGet);
		assertThat(this.timers.count()).isEqualTo(2);
		once.cancel();
		assertThat(this.timers.count()).isOne();
		often.cancel();
		assertThat(this.timers.count()).isZero();
	}

	@Test
	void stopCancelsAllTimersAndPreventsNewOnes() {
		Timer waiting = this.timers.every(Duration.ofHours(1), this.turns::incrementAndGet);
		Timer running = this.timers.every(TICK, this.held, this.turns::incrementAndGet);
		await().until(() -> this.held.waiting() == 1);
		this.timers.stop();
		this.held.runAll();
		assertThat(this.turns).hasValue(0);
		assertThat(waiting.isActive()).isFalse();
		assertThat(running.isActive()).isFalse();
		assertThatIllegalStateException().isThrownBy(() -> this.timers.after(TICK, this.turns::incrementAndGet));
		assertThat(this.timers.count()).isZero();
		this.timers.stop();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT0.000999999S", "PT-1S" })
	void aPrecisionBelowAMillisecondIsRejected(Duration precision) {
		Executor anywhere = Runnable::run;
		assertThatIllegalArgumentException().isThrownBy(() -> new Timers(anywhere, precision))
			.withMessage("The timer precision must be at least 1ms, not " + precision);
	}

	@Test
	void aZeroIntervalIsRejectedUnlessTheTimerRunsOnce() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.timers.every(Duration.ZERO, this.turns::get))
			.withMessage("The interval of a timer must be positive, not PT0S");
		assertThatIllegalArgumentException().isThrownBy(() -> this.timers.count(Duration.ZERO, 2, this.turns::get));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.timers.after(Duration.ofMillis(-1), this.turns::get));
		assertThat(this.timers.count()).isZero();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1 })
	void aTimerWithoutTurnsIsRejected(long times) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.timers.count(TICK, times, this.turns::get))
			.withMessage("A timer must run at least once, not %d times".formatted(times));
	}

}
