package io.nanogame.lane;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Threads for what was promised to run and finds no worker, so that it never runs on the
 * thread that found that out, which may be an event loop. They come when they are needed
 * and go when they are idle. Any thread.
 */
public final class Overflow implements Executor {

	/** A few, so that one task that blocks does not hold up all the others. */
	private static final int THREADS = 4;

	private static final long IDLE_SECONDS = 5;

	private final ThreadPoolExecutor threads;

	/** No thread is started before the first task comes. */
	public Overflow() {
		this.threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), new DefaultThreadFactory("nano-overflow", true));
		this.threads.allowCoreThreadTimeOut(true);
	}

	/**
	 * Runs a task soon.
	 * @param task what to do; runs on the calling thread when the system has no thread
	 * left at all
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
