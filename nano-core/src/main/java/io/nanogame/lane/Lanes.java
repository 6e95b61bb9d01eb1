package io.nanogame.lane;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The lanes of a server, and the workers that carry them. Any thread.
 */
public final class Lanes {

	private final Executor workers;

	private final int capacity;

	private final Executor overflow = new Overflow();

	private final Map<String, Lane> named = new ConcurrentHashMap<>();

	/**
	 * Lanes on a pool of threads.
	 * @param workers runs whatever may block; virtual threads do well
	 * @param capacity how many tasks may wait in one lane
	 */
	public Lanes(Executor workers, int capacity) {
		this.workers = workers;
		this.capacity = capacity;
	}

	/**
	 * The threads that lanes borrow.
	 * @return an executor that runs tasks in parallel
	 */
	public Executor workers() {
		return this.workers;
	}

	/**
	 * The lane everybody means who uses this name; made when first asked for.
	 * @param name the name, such as that of a {@code @GameComponent(lane = …)}
	 * @return always the same lane for a name
	 */
	public Lane named(String name) {
		return this.named.computeIfAbsent(name, this::create);
	}

	/**
	 * A lane of its own, for something that lives as long as a room does. Nothing keeps
	 * it: let go of it and it is gone.
	 * @param name for logs
	 * @return a new lane
	 */
	public Lane create(String name) {
		return new Lane(name, this.workers, this.capacity, this.overflow);
	}

}
