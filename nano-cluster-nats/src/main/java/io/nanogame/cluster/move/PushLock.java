package io.nanogame.cluster.move;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A lock under which pushes are sent, so that their session or group does not change in
 * between. Pushes share it: they call interceptors of the game, which may send other
 * pushes, so it is reentrant, and a push does not wait for a thread that waits for the
 * exclusive lock. Thread-safe.
 */
public final class PushLock {

	private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

	/**
	 * Sends pushes.
	 * @param pushes sends them
	 */
	public void shared(Runnable pushes) {
		lockShared();
		try {
			pushes.run();
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	/** Sends a push, and returns a result. */
	<T> @Nullable T sharedResult(Supplier<@Nullable T> push) {
		lockShared();
		try {
			return push.get();
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	/** Not behind a thread that waits for the exclusive lock. */
	private void lockShared() {
		if (!this.lock.readLock().tryLock()) {
			this.lock.readLock().lock();
		}
	}

	/**
	 * Changes what pushes depend on, while none is sent.
	 * @param change the change
	 */
	public void exclusive(Runnable change) {
		Lock exclusive = this.lock.writeLock();
		exclusive.lock();
		try {
			change.run();
		}
		finally {
			exclusive.unlock();
		}
	}

}
