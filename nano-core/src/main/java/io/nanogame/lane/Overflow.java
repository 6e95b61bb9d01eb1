package io.nanogame.lane;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Spare threads for accepted tasks that the workers reject, so that these tasks do not
 * block the calling thread, which may be an event loop. Threads are started on demand and
 * end when idle. Thread-safe.
 */
public final class Overflow implements Executor {

	/** More than one, so that a blocking task does not delay all others. */
	private static final int THREADS = 4;

	private static final long IDLE_SECONDS = 5;

	private final ThreadPoolExecutor threads;

	/** Creates an executor. The first task starts the first thread. */
	public Overflow() {
		this.threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), new DefaultThreadFactory("nano-overflow", true));
		this.threads.allowCoreThreadTimeOut(true);
	}

	/**
	 * Runs a task soon.
	 * @param task the task; runs on the calling thread if no thread can be started
	 */
	@Override
	public void execute(Runnable task) {
		try {
			this.threads.execute(task);
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			task.run();
		}
	}

}
