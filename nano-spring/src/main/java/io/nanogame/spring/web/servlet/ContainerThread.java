package io.nanogame.spring.web.servlet;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * The container's thread of one WebSocket, which delivers bytes to the lane and waits
 * until they are consumed.
 */
final class ContainerThread {

	private final LaneLoop loop;

	/** Has a permit when the thread may continue. */
	private final Semaphore consumed = new Semaphore(0);

	/** Whether the thread waits. Confined to the lane. */
	private boolean waiting;

	private volatile boolean closed;

	ContainerThread(LaneLoop loop) {
		this.loop = loop;
	}

	/**
	 * Runs a task on the lane, and blocks until {@link #release()} is called. Without
	 * effect after the end of the connection. Called on the container's thread.
	 * @throws RejectedExecutionException when no worker is free
	 */
	void deliver(Runnable task) throws InterruptedException {
		if (!this.closed) {
			this.loop.execute(() -> {
				this.waiting = true;
				task.run();
			});
			this.consumed.acquire();
		}
	}

	/** Continues the thread if it waits. Confined to the lane. */
	void release() {
		if (this.waiting) {
			this.waiting = false;
			this.consumed.release();
		}
	}

	/** Continues the thread, which never waits again. Thread-safe. */
	void close() {
		this.closed = true;
		this.consumed.release();
	}

}
