package io.nanogame.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of tasks that run one after the other. */
class SerialTasksTests {

	private final SerialTasks tasks = new SerialTasks();

	/** Not thread-safe. */
	private final List<Integer> done = new ArrayList<>();

	@Test
	void aTaskRunsBeforeTheCallReturnsAlsoWithinAnotherOneOrAfterAFailure() {
		this.tasks.execute(() -> {
			this.tasks.execute(() -> this.done.add(1));
			this.done.add(2);
			throw new IllegalStateException("a task that fails");
		});
		this.tasks.execute(() -> this.done.add(3));
		assertThat(this.done).containsExactly(1, 2, 3);
	}

	@Test
	void aTaskOfAnotherThreadRunsAfterTheCurrentOneWithoutBlockingItsCaller() throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch added = new CountDownLatch(1);
		Thread other = new Thread(() -> this.tasks.execute(() -> {
			running.countDown();
			await(added);
			this.done.add(1);
		}));
		other.start();
		await(running);
		this.tasks.execute(() -> this.done.add(2));
		added.countDown();
		other.join();
		assertThat(this.done).containsExactly(1, 2);
	}

	@Test
	void tasksOfManyThreadsDoNotOverlap() throws Exception {
		int threads = 4;
		int each = 20_000;
		CountDownLatch finished = new CountDownLatch(threads * each);
		for (int t = 0; t < threads; t++) {
			new Thread(() -> {
				for (int i = 0; i < each; i++) {
					this.tasks.execute(() -> {
						this.done.add(1);
						finished.countDown();
					});
				}
			}).start();
		}
		await(finished);
		assertThat(this.done).hasSize(threads * each);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
