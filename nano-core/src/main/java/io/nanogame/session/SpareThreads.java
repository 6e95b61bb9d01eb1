package io.nanogame.session;

import java.util.concurrent.ThreadPoolExecutor;

import org.jspecify.annotations.Nullable;

/**
 * Replaces the worker threads on which logins wait for sessions of other servers. If the
 * logins of two servers occupied all workers of both, no session could complete its work,
 * which it must before it moves. Thread-safe.
 */
public final class SpareThreads {

	/** No spare threads, such as for virtual threads, which need none. */
	static final SpareThreads NONE = new SpareThreads(null);

	/** The maximum number of spare threads. Further logins delay other tasks. */
	private static final int MAX = 256;

	private final @Nullable ThreadPoolExecutor pool;

	private final boolean isBounded;

	/** The number of threads that wait. Guarded by this. */
	private int waiting;

	private SpareThreads(@Nullable ThreadPoolExecutor pool) {
		this.pool = pool;
		this.isBounded = pool != null && pool.getMaximumPoolSize() < Integer.MAX_VALUE - MAX;
	}

	/**
	 * Creates spare threads for a pool.
	 * @param pool the workers. Its sizes are raised while threads wait
	 * @return new spare threads
	 */
	public static SpareThreads of(ThreadPoolExecutor pool) {
		return new SpareThreads(pool);
	}

	/** A thread of the pool begins to wait. */
	synchronized void begin() {
		if (this.waiting++ < MAX && this.pool != null) {
			if (this.isBounded) {
				this.pool.setMaximumPoolSize(this.pool.getMaximumPoolSize() + 1);
			}
			// Starts a thread if tasks are queued.
			this.pool.setCorePoolSize(this.pool.getCorePoolSize() + 1);
		}
	}

	/** A thread of the pool continues. */
	synchronized void end() {
		if (--this.waiting < MAX && this.pool != null) {
			this.pool.setCorePoolSize(Math.max(0, this.pool.getCorePoolSize() - 1));
			if (this.isBounded) {
				this.pool.setMaximumPoolSize(Math.max(1, this.pool.getMaximumPoolSize() - 1));
			}
		}
	}

}
