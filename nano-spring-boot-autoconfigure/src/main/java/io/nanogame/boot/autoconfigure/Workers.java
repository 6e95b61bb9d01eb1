package io.nanogame.boot.autoconfigure;

import java.util.concurrent.Executor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The threads that handlers run on which may block. Not an executor itself, or Boot and
 * others who look for one would find it.
 *
 * @param executor the threads
 * @param closing ends those that belong to the game server
 */
record Workers(Executor executor, Runnable closing) implements AutoCloseable {

	/** As many as Boot's own pool has by default. */
	private static final int THREADS = 8;

	/** Threads that belong to somebody else, who ends them. */
	static Workers borrowed(Executor executor) {
		return new Workers(executor, () -> {
		});
	}

	/** Threads for the game alone, set up by the keys {@code spring.task.execution.*}. */
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
	 * How many of the threads may validate handshakes at once, so that some are left for
	 * players: half of those of a pool, any number where each task has a thread.
	 */
	int validators() {
		if (!(this.executor instanceof ThreadPoolTaskExecutor pool)) {
			return Integer.MAX_VALUE;
		}
		int threads = (pool.getQueueCapacity() > 0) ? pool.getCorePoolSize() : pool.getMaxPoolSize();
		return Math.max(1, threads / 2);
	}

	@Override
	public void close() {
		this.closing.run();
	}

}
