package io.nanogame.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;

/**
 * Runs tasks one after the other, on the threads of its callers: no thread waits for
 * another one, and no lock is held while a task runs. A task that a task adds runs within
 * it. Thread-safe.
 */
final class SerialTasks {

	private static final Logger log = LoggerFactory.getLogger(SerialTasks.class);

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	/** The tasks that have not ended. The thread that raises it from 0 runs them all. */
	private final AtomicInteger unfinished = new AtomicInteger();

	private volatile @Nullable Thread running;

	/**
	 * Runs a task before this method returns, or, while another thread runs tasks, after
	 * these on that thread.
	 */
	void execute(Runnable task) {
		if (this.running == Thread.currentThread()) {
			run(task);
			return;
		}
		this.tasks.add(task);
		if (this.unfinished.getAndIncrement() > 0) {
			return;
		}
		do {
			this.running = Thread.currentThread();
			run(this.tasks.remove());
			this.running = null;
		}
		while (this.unfinished.decrementAndGet() > 0);
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			Exceptions.throwIfJvmFatal(ex);
			log.error("A task failed", ex);
		}
	}

}
