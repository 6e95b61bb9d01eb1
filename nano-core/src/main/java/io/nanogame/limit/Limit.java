package io.nanogame.limit;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many of something there may be, and how often somebody wanted more. Any thread.
 */
public final class Limit {

	private final String name;

	private final int most;

	private final LongAdder exceeded = new LongAdder();

	/**
	 * A limit.
	 * @param name what it limits, as monitors show it
	 * @param most how many there may be; 0 for any number
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
	 * Whether there is a limit at all.
	 * @return false when any number is allowed
	 */
	public boolean isSet() {
		return this.most > 0;
	}

	/**
	 * Whether there is room.
	 * @param count how many there are already
	 * @return true when there may be one more
	 */
	public boolean hasRoom(int count) {
		return this.most == 0 || count < this.most;
	}

	/** Counts somebody who wanted more. */
	public void exceeded() {
		this.exceeded.increment();
	}

	/**
	 * How often somebody wanted more.
	 * @return the number since the server was made
	 */
	public long timesExceeded() {
		return this.exceeded.sum();
	}

}
