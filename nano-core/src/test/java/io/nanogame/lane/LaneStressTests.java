package io.nanogame.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many threads submit at once. The state of the tasks is not synchronized, as in a game.
 */
class LaneStressTests {

	private static final int PRODUCERS = 8;

	private final ExecutorService workers = Executors.newFixedThreadPool(4);

	private final ExecutorService producers = Executors.newFixedThreadPool(PRODUCERS);

	private final ThreadLocal<@Nullable Boolean> isHere = new ThreadLocal<>();

	@AfterEach
	void anIdleLaneHoldsNoThread() throws Exception {
		this.producers.shutdownNow();
		this.workers.shutdown();
		assertThat(this.workers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	/** Runs all producers concurrently, and waits for them. */
	private void produce(Producer producer) throws InterruptedException {
		CountDownLatch ready = new CountDownLatch(PRODUCERS);
		CountDownLatch finished = new CountDownLatch(PRODUCERS);
		for (int i = 0; i < PRODUCERS; i++) {
			int number = i;
			this.producers.execute(() -> {
				ready.countDown();
				try {
					ready.await();
					producer.produce(number);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				finally {
					finished.countDown();
				}
			});
		}
		assertThat(finished.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void tasksOfEachProducerRunInOrderAndNeverConcurrently() throws Exception {
		int each = 20_000;
		Lane lane = new Lane("stress", this.workers, Integer.MAX_VALUE);
		List<List<Integer>> done = new ArrayList<>();
		for (int i = 0; i < PRODUCERS; i++) {
			done.add(new ArrayList<>());
		}
		int[] total = new int[1];
		produce((number) -> {
			for (int i = 0; i < each; i++) {
				int turn = i;
				lane.execute(() -> {
					total[0]++;
					done.get(number).add(turn);
				});
			}
		});
		await().until(() -> lane.size() == 0);
		assertThat(total[0]).isEqualTo(PRODUCERS * each);
		done.forEach((turns) -> assertThat(turns).hasSize(each).isSorted());
	}

	/** Each producer waits for its last task, so the lane is often idle. */
	@Test
	void tasksOnTheCallingThreadsRunInOrderAndNeverConcurrently() throws Exception {
		int each = 20_000;
		Lane lane = new Lane("stress", this.workers, Integer.MAX_VALUE);
		List<List<Integer>> done = new ArrayList<>();
		for (int i = 0; i < PRODUCERS; i++) {
			done.add(new ArrayList<>());
		}
		int[] total = new int[1];
		AtomicInteger here = new AtomicInteger();
		produce((number) -> {
			for (int i = 0; i < each; i++) {
				int turn = i;
				Runnable task = () -> {
					total[0]++;
					done.get(number).add(turn);
				};
				if (i % 3 != 0 && lane.tryRun(task)) {
					here.incrementAndGet();
				}
				else {
					lane.execute(task);
				}
				if (i % 2 == 0) {
					awaitIdle(lane);
				}
			}
		});
		await().until(() -> lane.size() == 0);
		assertThat(total[0]).isEqualTo(PRODUCERS * each);
		done.forEach((turns) -> assertThat(turns).hasSize(each).isSorted());
		assertThat(here).as("tasks on calling threads").hasPositiveValue();
	}

	private static void awaitIdle(Lane lane) {
		for (int spins = 0; spins < 100 && lane.size() > 0; spins++) {
			Thread.onSpinWait();
		}
	}

	@Test
	void anOftenIdleLaneIsCurrentToTheEndOfEachTask() throws Exception {
		// These workers run at once: the next thread starts where the previous one ends.
		Lane lane = new Lane("stress", this::runHere, Integer.MAX_VALUE);
		int[] notCurrent = new int[1];
		produce((number) -> {
			for (int i = 0; i < 100_000; i++) {
				lane.execute(() -> {
					for (int look = 0; look < 10; look++) {
						notCurrent[0] += lane.isCurrent() ? 0 : 1;
					}
				});
			}
		});
		await().until(() -> lane.size() == 0);
		assertThat(notCurrent[0]).isZero();
	}

	/** Avoids recursion: a lane resubmits itself from within its drain. */
	private void runHere(Runnable drain) {
		if (this.isHere.get() != null) {
			this.workers.execute(drain);
			return;
		}
		this.isHere.set(true);
		try {
			drain.run();
		}
		finally {
			this.isHere.remove();
		}
	}

	@Test
	void anOftenFullLaneRunsExactlyTheAcceptedTasks() throws Exception {
		Lane lane = new Lane("stress", this.workers, 2);
		AtomicInteger accepted = new AtomicInteger();
		int[] ran = new int[1];
		produce((number) -> {
			for (int i = 0; i < 20_000; i++) {
				try {
					lane.execute(() -> ran[0]++);
					accepted.incrementAndGet();
				}
				catch (RejectedExecutionException ex) {
					Thread.onSpinWait();
				}
			}
		});
		await().atMost(Duration.ofSeconds(10)).until(() -> lane.size() == 0);
		CountDownLatch last = new CountDownLatch(1);
		lane.execute(last::countDown);
		assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(ran[0]).isEqualTo(accepted.get());
	}

	@Test
	void workersThatOftenRejectLoseNoTask() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		Lane lane = new Lane("stress", (drain) -> {
			if (calls.incrementAndGet() % 3 == 0) {
				throw new RejectedExecutionException("busy");
			}
			this.workers.execute(drain);
		}, Integer.MAX_VALUE);
		AtomicInteger accepted = new AtomicInteger();
		int[] ran = new int[1];
		produce((number) -> {
			for (int i = 0; i < 20_000; i++) {
				try {
					lane.execute(() -> ran[0]++);
					accepted.incrementAndGet();
				}
				catch (RejectedExecutionException ex) {
					Thread.onSpinWait();
				}
			}
		});
		await().until(() -> lane.size() == 0);
		assertThat(ran[0]).isEqualTo(accepted.get());
	}

	@FunctionalInterface
	private interface Producer {

		void produce(int number) throws InterruptedException;

	}

}
