package io.nanogame.lane;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The lanes of a server, and the pool that runs them. Thread-safe.
 */
public final class Lanes {

	private final Executor workers;

	private final int capacity;

	private final ThreadContext context;

	private final Executor overflow = new Overflow();

	private final Map<String, Lane> named = new ConcurrentHashMap<>();

	/**
	 * Creates lanes on a pool of threads.
	 * @param workers the pool, whose threads may block; virtual threads are suitable
	 * @param capacity the maximum number of queued tasks of each lane
	 */
	public Lanes(Executor workers, int capacity) {
		this(workers, capacity, ThreadContext.NONE);
	}

	/**
	 * Creates lanes on a pool of threads.
	 * @param workers the pool, whose threads may block; virtual threads are suitable
	 * @param capacity the maximum number of queued tasks of each lane
	 * @param context hidden from tasks that run on the thread of their caller
	 */
	public Lanes(Executor workers, int capacity, ThreadContext context) {
		this.workers = workers;
		this.capacity = capacity;
		this.context = context;
	}

	/**
	 * Returns the pool that runs the lanes.
	 * @return an executor that runs tasks in parallel
	 */
	public Executor workers() {
		return this.workers;
	}

	/**
	 * Returns the lane of a name, and creates it on first use.
	 * @param name the name, such as that of a {@code @GameComponent(lane = …)}
	 * @return the same lane for the same name
	 */
	public Lane named(String name) {
		return this.named.computeIfAbsent(name, this::create);
	}

	/**
	 * Creates a lane that is not shared, for an object such as a room. This class keeps
	 * no reference to it.
	 * @param name for logs
	 * @return a new lane
	 */
	public Lane create(String name) {
		return new Lane(name, this.workers, this.capacity, this.overflow, this.context);
	}

}
