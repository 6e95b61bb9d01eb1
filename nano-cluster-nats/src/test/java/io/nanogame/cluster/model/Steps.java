package io.nanogame.cluster.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.netty.util.concurrent.AbstractEventExecutor;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import org.junit.jupiter.api.Assertions;

/**
 * Runs the tasks of many threads on one, in a random order that its seed repeats. Tasks
 * of one thread keep their order.
 */
final class Steps {

	/** A schedule with more tasks does not end. */
	private static final int MAX_TASKS = 1_000_000;

	private final Random random;

	private final List<Queue<Runnable>> threads = new ArrayList<>();

	/** Identifies the schedule: two with the same value have run the same tasks. */
	private long trace;

	Steps(Random random) {
		this.random = random;
	}

	/** A pool: each of its tasks may run at any time. */
	Executor pool() {
		return pool(() -> true);
	}

	/** The pool of a process, whose tasks do not run any more when it has ended. */
	Executor pool(BooleanSupplier running) {
		return (task) -> {
			Queue<Runnable> own = new ArrayDeque<>(1);
			own.add(() -> runIf(running, task));
			this.threads.add(own);
		};
	}

	/** A thread of a process. */
	Thread thread(BooleanSupplier running) {
		return new Thread(running);
	}

	private static void runIf(BooleanSupplier running, Runnable task) {
		if (running.getAsBoolean()) {
			task.run();
		}
	}

	/** Runs tasks until none is left. */
	void runAll() {
		int count = 0;
		while (!this.threads.isEmpty()) {
			Assertions.assertTrue(++count < MAX_TASKS, "tasks without an end");
			int index = this.random.nextInt(this.threads.size());
			Queue<Runnable> next = this.threads.get(index);
			Runnable task = next.remove();
			if (next.isEmpty()) {
				this.threads.set(index, this.threads.get(this.threads.size() - 1));
				this.threads.remove(this.threads.size() - 1);
			}
			this.trace = this.trace * 31 + index;
			task.run();
		}
	}

	long trace() {
		return this.trace;
	}

	/** A thread with a queue of tasks. */
	final class Thread extends AbstractEventExecutor {

		private final Queue<Runnable> tasks = new ArrayDeque<>();

		private final DefaultPromise<?> terminated = new DefaultPromise<>(this);

		private final BooleanSupplier processRunning;

		private boolean running;

		private boolean closed;

		private Thread(BooleanSupplier processRunning) {
			this.processRunning = processRunning;
		}

		@Override
		public void execute(Runnable task) {
			if (this.closed) {
				return;
			}
			if (this.tasks.isEmpty()) {
				Steps.this.threads.add(this.tasks);
			}
			this.tasks.add(() -> {
				this.running = true;
				try {
					runIf(this.processRunning, task);
				}
				finally {
					this.running = false;
				}
			});
		}

		@Override
		public boolean inEventLoop(java.lang.Thread thread) {
			return this.running;
		}

		@Override
		public Iterator<EventExecutor> iterator() {
			return List.<EventExecutor>of(this).iterator();
		}

		@Override
		public boolean isShuttingDown() {
			return this.closed;
		}

		@Override
		public boolean isShutdown() {
			return this.closed;
		}

		@Override
		public boolean isTerminated() {
			return this.closed;
		}

		@Override
		public boolean awaitTermination(long timeout, TimeUnit unit) {
			return this.closed;
		}

		@Override
		public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
			this.closed = true;
			return this.terminated;
		}

		@Override
		public Future<?> terminationFuture() {
			return this.terminated;
		}

		@Override
		@Deprecated
		public void shutdown() {
			this.closed = true;
		}

		@Override
		@Deprecated
		public List<Runnable> shutdownNow() {
			this.closed = true;
			return List.of();
		}

	}

}
