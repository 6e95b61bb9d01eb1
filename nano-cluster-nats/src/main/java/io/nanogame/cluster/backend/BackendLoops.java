package io.nanogame.cluster.backend;

import java.util.List;
import java.util.stream.StreamSupport;

import io.netty.util.concurrent.EventExecutorGroup;

/**
 * The loops of a backend. Each session has one of them.
 */
final class BackendLoops {

	private final List<BackendLoop> loops;

	/**
	 * Creates a loop for each thread.
	 * @param threads run the tasks of the loops
	 * @param flush publishes the frames that these tasks have sent
	 */
	BackendLoops(EventExecutorGroup threads, Runnable flush) {
		this.loops = StreamSupport.stream(threads.spliterator(), false)
			.map((thread) -> new BackendLoop(thread, flush))
			.toList();
	}

	BackendLoop of(long session) {
		return this.loops.get((int) Math.floorMod(session, (long) this.loops.size()));
	}

	/** Runs the tasks that were added to the loops. */
	void start() {
		this.loops.forEach(BackendLoop::start);
	}

}
