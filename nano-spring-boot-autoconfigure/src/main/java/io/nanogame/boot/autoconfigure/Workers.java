package io.nanogame.boot.autoconfigure;

import java.util.concurrent.Executor;

import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.nanogame.session.SpareThreads;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The threads of handlers that may block. Not an executor itself, because Boot and others
 * would then inject it as one.
 *
 * @param executor the threads
 * @param closing stops threads that belong to the game server
 */
record Workers(Executor executor, Runnable closing) implements AutoCloseable {

	/** The default size of Boot's own pool. */
	private static final int THREADS = 8;

	/** Returns workers on an executor that its owner stops. */
	static Workers borrowed(Executor executor) {
		return new Workers(executor, () -> {
		});
	}

	/**
	 * Returns workers on threads of the game, configured by
	 * {@code spring.task.execution.*}.
	 */
	static Workers own(Environment environment, ObjectProvider<ThreadPoolTaskExecutorBuilder> platform,
			ObjectProvider<SimpleAsyncTaskExecutorBuilder> virtual) {
		if (Threading.VIRTUAL.isActive(environment)) {
			SimpleAsyncTaskExecutorBuilder builder = virtual.getIfAvailable(SimpleAsyncTaskExecutorBuilder::new);
			SimpleAsyncTaskExecutor threads = builder.virtualThreads(true).threadNamePrefix("nano-").build();
			return new Workers(threads, threads::close);
		}
		ThreadPoolTaskExecutorBuilder builder = platform
			.getIfAvailable(() -> new ThreadPoolTaskExecutorBuilder().corePoolSize(THREADS));
		ThreadPoolTaskExecutor threads = builder.threadNamePrefix("nano-").build();
		threads.initialize();
		return new Workers(threads, threads::shutdown);
	}

	/**
	 * Returns the maximum number of threads that validate handshakes, so that some remain
	 * for players: half of a pool; unlimited if each task has its own thread.
	 */
	int validators() {
		if (!(this.executor instanceof ThreadPoolTaskExecutor pool)) {
			return Integer.MAX_VALUE;
		}
		int threads = (pool.getQueueCapacity() > 0) ? pool.getCorePoolSize() : pool.getMaxPoolSize();
		return Math.max(1, threads / 2);
	}

	/** Replaces the threads of a pool on which logins wait for other servers. */
	void replaceWaiting(Sessions sessions) {
		if (this.executor instanceof ThreadPoolTaskExecutor pool) {
			SessionRegistry.of(sessions)
				.logins()
				.awaited()
				.replaceWaiting(SpareThreads.of(pool.getThreadPoolExecutor()));
		}
	}

	@Override
	public void close() {
		this.closing.run();
	}

}
