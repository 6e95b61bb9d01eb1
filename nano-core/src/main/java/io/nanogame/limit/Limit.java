package io.nanogame.limit;

import java.util.concurrent.atomic.LongAdder;

/**
 * A maximum number, and the number of attempts to exceed it. Any thread.
 */
public final class Limit {

	private final String name;

	private final int most;

	private final LongAdder exceeded = new LongAdder();

	/**
	 * Creates a limit.
	 * @param name the name of what it limits, as monitoring shows it
	 * @param most the maximum; 0 for no limit
	 */
	public Limit(String name, int most) {
		if (most < 0) {
			throw new IllegalArgumentException("The limit of " + name + " must not be negative, but is " + most);
		}
		this.name = name;
		this.most = most;
	}

	public String name() {
		return this.name;
	}

	public int most() {
		return this.most;
	}

	/**
	 * Returns whether there is a limit at all.
	 * @return false when any number is allowed
	 */
	public boolean isSet() {
		return this.most > 0;
	}

	/**
	 * Returns whether one more is allowed.
	 * @param count the present number
	 * @return true when the present number is below the limit
	 */
	public boolean hasRoom(int count) {
		return this.most == 0 || count < this.most;
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
