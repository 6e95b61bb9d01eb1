package io.nanogame.cluster;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;

/**
 * The threads of a node. They are daemons.
 *
 * @param sessions run the tasks of sessions of other nodes, each always on the same
 * thread
 * @param heartbeat one thread, for the tasks of membership
 * @param later one thread, for all other tasks of the node
 */
public record ClusterThreads(EventExecutorGroup sessions, ExecutorService heartbeat,
		ExecutorService later) implements AutoCloseable {

	/**
	 * Starts the threads of a node: one for each processor, and two.
	 * @return new threads
	 */
	public static ClusterThreads start() {
		return new ClusterThreads(
				new DefaultEventExecutorGroup(Runtime.getRuntime().availableProcessors(), factory("nano-backend")),
				Executors.newSingleThreadExecutor(factory("nano-heartbeat")),
				Executors.newSingleThreadExecutor(factory("nano-cluster")));
	}

	private static DefaultThreadFactory factory(String name) {
		return new DefaultThreadFactory(name, true);
	}

	/** Stops the threads. Tasks of sessions may end, for up to a second. */
	@Override
	public void close() {
		this.heartbeat.shutdownNow();
		this.later.shutdownNow();
		this.sessions.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

}
