package io.nanogame.limit;

import java.util.concurrent.atomic.LongAdder;

/**
 * A maximum number, and the number of attempts to exceed it. Thread-safe.
 */
public final class Limit {

	private final String name;

	private final int max;

	private final LongAdder exceeded = new LongAdder();

	/**
	 * Creates a limit.
	 * @param name the name of what it limits, as monitoring shows it
	 * @param max the maximum; 0 for no limit
	 */
	public Limit(String name, int max) {
		if (max < 0) {
			throw new IllegalArgumentException("The limit of " + name + " must not be negative, but is " + max);
		}
		this.name = name;
		this.max = max;
	}

	public String name() {
		return this.name;
	}

	/** Returns the maximum; 0 for no limit. */
	public int max() {
		return this.max;
	}

	/**
	 * Returns whether there is a limit at all.
	 * @return false when any number is allowed
	 */
	public boolean isSet() {
		return this.max > 0;
	}

	/**
	 * Returns whether one more is allowed.
	 * @param count the current number
	 * @return true when the current number is below the limit
	 */
	public boolean hasRoom(int count) {
		return this.max == 0 || count < this.max;
	}

	/** Counts an attempt to exceed the limit. */
	public void exceeded() {
		this.exceeded.increment();
	}

	/**
	 * Returns the number of attempts to exceed the limit.
	 * @return the number since the server was created
	 */
	public long timesExceeded() {
		return this.exceeded.sum();
	}

}
