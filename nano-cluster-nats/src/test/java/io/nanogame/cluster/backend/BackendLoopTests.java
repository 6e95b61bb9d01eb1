package io.nanogame.cluster.backend;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.DefaultEventExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BackendLoopTests {

	private static final int BATCH = 64;

	private final EmbeddedChannel thread = new EmbeddedChannel();

	private final List<String> calls = new ArrayList<>();

	private final BackendLoop loop = new BackendLoop(this.thread.eventLoop(), () -> this.calls.add("flush"));

	@AfterEach
	void close() {
		this.thread.close();
	}

	private void task() {
		this.calls.add("task");
	}

	@Test
	void framesOfABatchLeaveTogether() {
		this.loop.execute(this::task);
		this.loop.execute(this::task);
		assertThat(this.calls).isEmpty();
		this.thread.runPendingTasks();
		assertThat(this.calls).containsExactly("task", "task", "flush");
	}

	@Test
	void aFrameDoesNotWaitForAllQueuedTasks() {
		for (int i = 0; i < BATCH + 1; i++) {
			this.loop.execute(this::task);
		}
		this.thread.runPendingTasks();
		List<String> expected = new ArrayList<>(Collections.nCopies(BATCH, "task"));
		expected.addAll(List.of("flush", "task", "flush"));
		assertThat(this.calls).containsExactlyElementsOf(expected);
	}

	@Test
	void aTaskThatIsSubmittedByATaskRunsInTheSameBatch() {
		this.loop.execute(() -> this.loop.execute(this::task));
		this.thread.runPendingTasks();
		assertThat(this.calls).containsExactly("task", "flush");
	}

	@Test
	void addedTasksRunInOrderAfterTheStart() {
		this.loop.add(() -> this.calls.add("first"));
		this.loop.add(() -> this.calls.add("second"));
		this.thread.runPendingTasks();
		assertThat(this.calls).isEmpty();
		this.loop.start();
		this.thread.runPendingTasks();
		assertThat(this.calls).containsExactly("first", "second", "flush");
	}

	@Test
	void addedTasksRunBeforeLaterOnes() {
		this.loop.add(() -> this.calls.add("added"));
		this.loop.execute(() -> this.calls.add("executed"));
		this.thread.runPendingTasks();
		assertThat(this.calls).containsExactly("added", "executed", "flush");
	}

	@Test
	void aFailureDoesNotEndTheBatch() {
		this.loop.execute(() -> {
			throw new IllegalStateException("expected");
		});
		this.loop.execute(this::task);
		this.thread.runPendingTasks();
		assertThat(this.calls).containsExactly("task", "flush");
	}

	@Test
	void eachTaskIsRejectedWhenTheThreadHasStopped() throws InterruptedException {
		DefaultEventExecutor stopped = new DefaultEventExecutor();
		stopped.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
		BackendLoop ended = new BackendLoop(stopped, () -> this.calls.add("flush"));
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> ended.execute(this::task));
		}
	}

}
