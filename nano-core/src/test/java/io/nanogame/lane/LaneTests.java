package io.nanogame.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;

import io.netty.util.concurrent.FastThreadLocalThread;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

class LaneTests {

	private final ManualExecutor workers = new ManualExecutor();

	private final List<Object> done = new ArrayList<>();

	private final Lane lane = new Lane("battle", this.workers, 1000);

	private void submit(int first, int last) {
		IntStream.rangeClosed(first, last).forEach((i) -> this.lane.execute(() -> this.done.add(i)));
	}

	@Test
	void tasksRunInTheOrderOfSubmission() {
		submit(1, 3);
		assertThat(this.done).as("never on the calling thread").isEmpty();
		this.workers.runAll();
		assertThat(this.done).containsExactly(1, 2, 3);
	}

	@Test
	void queuedTasksShareOneThread() {
		submit(1, 10);
		assertThat(this.workers.waiting()).isOne();
		this.workers.runNext();
		assertThat(this.done).hasSize(10);
		assertThat(this.workers.waiting()).isZero();
	}

	@Test
	void theLaneYieldsItsThreadAfterABatch() {
		submit(1, 100);
		this.workers.execute(() -> this.done.add("other task"));
		this.workers.runAll();
		assertThat(this.done).hasSize(101);
		assertThat(this.done.indexOf("other task")).isEqualTo(64);
		this.done.remove(64);
		assertThat(this.done).as("the order is kept").isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
	}

	@Test
	void aTaskMaySubmitAnother() {
		this.lane.execute(() -> {
			this.lane.execute(() -> this.done.add("later"));
			this.done.add("first");
		});
		this.workers.runNext();
		assertThat(this.done).containsExactly("first", "later");
	}

	@Test
	void aTaskThatThrowsDoesNotStopTheLane() {
		this.lane.execute(() -> {
			throw new IllegalStateException("expected by this test");
		});
		this.lane.execute(() -> {
			throw new StackOverflowError("expected by this test");
		});
		submit(1, 1);
		this.workers.runAll();
		assertThat(this.done).containsExactly(1);
		assertThat(this.lane.size()).isZero();
	}

	@Test
	void aFullLaneReportsItsNameAndSize() {
		Lane small = new Lane("small", this.workers, 2);
		small.execute(() -> this.done.add(1));
		small.execute(() -> this.done.add(2));
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> small.execute(() -> this.done.add(3)))
			.withMessage("Lane 'small' is full: 2 tasks are queued");
		this.workers.runAll();
		small.execute(() -> this.done.add(4));
		this.workers.runAll();
		assertThat(this.done).containsExactly(1, 2, 4);
	}

	@Test
	void theSizeCountsQueuedAndRunningTasks() {
		List<Integer> sizes = new ArrayList<>();
		this.lane.execute(() -> sizes.add(this.lane.size()));
		this.lane.execute(() -> sizes.add(this.lane.size()));
		assertThat(this.lane.size()).isEqualTo(2);
		this.workers.runAll();
		assertThat(sizes).containsExactly(2, 1);
		assertThat(this.lane.size()).isZero();
	}

	@Test
	void itIsCurrentInsideItsTasksOnly() {
		Lane other = new Lane("other", this.workers, 10);
		this.lane.execute(() -> {
			assertThat(other.isCurrent()).isFalse();
			this.done.add(this.lane.isCurrent());
		});
		assertThat(this.lane.isCurrent()).isFalse();
		this.workers.runAll();
		assertThat(this.done).containsExactly(true);
		assertThat(this.lane.isCurrent()).as("on the thread that ran it").isFalse();
	}

	@Test
	void itIsNotCurrentForAnotherThreadWhileItRuns() throws Exception {
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch seen = new CountDownLatch(1);
		Thread worker = new Thread(this.workers::runAll);
		this.lane.execute(() -> {
			inside.countDown();
			awaitQuietly(seen);
		});
		worker.start();
		inside.await();
		assertThat(this.lane.isCurrent()).isFalse();
		seen.countDown();
		worker.join();
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void aRejectedTaskIsWithdrawnAndTheLaneContinues() {
		this.workers.full(true);
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> submit(1, 1)).withMessage("full");
		assertThat(this.lane.size()).isZero();
		this.workers.full(false);
		submit(2, 3);
		this.workers.runAll();
		assertThat(this.done).containsExactly(2, 3);
	}

	@Test
	void tasksAcceptedWhileTheWorkersRejectRunOnAnotherThread() {
		List<Runnable> others = new ArrayList<>();
		Executor refusing = (drain) -> {
			others.forEach(Runnable::run);
			others.clear();
			throw new RejectedExecutionException("full");
		};
		Lane refused = new Lane("refused", refusing, 1000);
		List<Object> ran = new CopyOnWriteArrayList<>();
		Thread here = Thread.currentThread();
		others.add(() -> IntStream.rangeClosed(1, 100)
			.forEach((i) -> refused.execute(() -> ran.add((Thread.currentThread() != here) ? i : "here"))));
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> refused.execute(() -> ran.add("refused")));
		await().until(() -> refused.size() == 0);
		assertThat(ran).isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
		assertThat(refused.isCurrent()).isFalse();
	}

	@Test
	void theThreadContinuesABatchThatTheWorkersReject() {
		submit(1, 200);
		this.workers.full(true).runNext();
		assertThat(this.done).isEqualTo(IntStream.rangeClosed(1, 200).boxed().toList());
		assertThat(this.lane.size()).isZero();
	}

	@Test
	void anIdleLaneRunsATaskOnTheCallingThread() {
		assertThat(this.lane.tryRun(() -> this.done.add(this.lane.isCurrent()))).isTrue();
		assertThat(this.done).containsExactly(true);
		assertThat(this.lane.isCurrent()).isFalse();
		assertThat(this.lane.size()).isZero();
		assertThat(this.workers.waiting()).isZero();
	}

	@Test
	void aLaneWithTasksRunsNoneOnTheCallingThread() {
		submit(1, 1);
		assertThat(this.lane.tryRun(() -> this.done.add("here"))).isFalse();
		this.workers.runAll();
		assertThat(this.done).containsExactly(1);
	}

	@Test
	void tasksThatFollowOneOnTheCallingThreadRunOnTheWorkers() {
		this.lane.tryRun(() -> {
			submit(1, 2);
			assertThat(this.lane.tryRun(() -> this.done.add("here"))).as("the lane is held").isFalse();
			this.done.add("first");
		});
		assertThat(this.done).containsExactly("first");
		this.workers.runAll();
		assertThat(this.done).containsExactly("first", 1, 2);
	}

	@Test
	void tasksThatFollowOneOnTheCallingThreadRunWhenTheWorkersReject() {
		List<Object> ran = new CopyOnWriteArrayList<>();
		Thread here = Thread.currentThread();
		this.workers.full(true);
		this.lane.tryRun(() -> this.lane.execute(() -> ran.add((Thread.currentThread() != here) ? "there" : "here")));
		await().until(() -> this.lane.size() == 0);
		assertThat(ran).containsExactly("there");
	}

	@Test
	void aTaskThatThrowsOnTheCallingThreadReleasesTheLane() {
		assertThat(this.lane.tryRun(() -> {
			throw new IllegalStateException("expected by this test");
		})).isTrue();
		assertThat(this.lane.size()).isZero();
		assertThat(this.lane.tryRun(() -> this.done.add("next"))).isTrue();
	}

	@Test
	void theLaneOfAnOuterTaskIsNotCurrent() {
		Lane other = new Lane("other", this.workers, 10);
		this.lane.execute(() -> {
			other.tryRun(() -> {
				assertThat(other.isCurrent()).isTrue();
				this.done.add(this.lane.isCurrent());
			});
			assertThat(other.isCurrent()).isFalse();
			this.done.add(this.lane.isCurrent());
		});
		this.workers.runAll();
		assertThat(this.done).containsExactly(false, true);
	}

	private ThreadContext context(String name) {
		return () -> {
			this.done.add("hide " + name);
			return () -> this.done.add("restore " + name);
		};
	}

	@Test
	void theContextOfTheCallingThreadIsHiddenFromTheTask() {
		Lane hiding = new Lane("hiding", this.workers, 10, new Overflow(),
				ThreadContext.of(List.of(context("login"), context("locale"))));
		hiding.tryRun(() -> this.done.add("task"));
		assertThat(this.done).containsExactly("hide login", "hide locale", "task", "restore locale", "restore login");
	}

	@Test
	void aTaskThatArrivesMeanwhileIsNotOvertaken() {
		List<Lane> lanes = new ArrayList<>();
		Lane hiding = new Lane("hiding", this.workers, 10, new Overflow(), () -> {
			lanes.get(0).execute(() -> this.done.add("first"));
			return () -> {
			};
		});
		lanes.add(hiding);
		assertThat(hiding.tryRun(() -> this.done.add("second"))).isFalse();
		this.workers.runAll();
		assertThat(this.done).containsExactly("first");
	}

	@Test
	void noTaskRunsOnAThreadWhoseContextCannotBeHidden() {
		Lane hiding = new Lane("hiding", this.workers, 10, new Overflow(),
				ThreadContext.of(List.of(context("login"), () -> null)));
		assertThat(hiding.tryRun(() -> this.done.add("task"))).isFalse();
		assertThat(this.done).containsExactly("hide login", "restore login");
		assertThat(hiding.size()).isZero();
	}

	@Test
	void noTaskRunsOnAnEventLoopThatCallsTheLane() throws Exception {
		Thread eventLoop = new FastThreadLocalThread(
				() -> this.done.add(this.lane.tryRun(() -> this.done.add("on the event loop"))));
		eventLoop.start();
		eventLoop.join();
		assertThat(this.done).containsExactly(false);
	}

	@Test
	void aNullTaskIsRejected() {
		Runnable none = null;
		assertThatNullPointerException().isThrownBy(() -> this.lane.execute(none));
		submit(1, 1);
		this.workers.runAll();
		assertThat(this.done).containsExactly(1);
	}

}
