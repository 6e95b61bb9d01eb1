package io.nanogame.cluster.backend;

/**
 * Numbers that were added in about their order, as far as they are recent: the newest one
 * and the 63 before it. Not thread-safe.
 */
final class RecentNumbers {

	/** The first number; 0 before it. */
	private long first;

	private long newest;

	/** Bit {@code i} is set if {@code newest - i} was added. */
	private long recent;

	void add(long number) {
		if (this.first == 0) {
			this.first = number;
		}
		if (number > this.newest) {
			long distance = number - this.newest;
			this.recent = (distance < Long.SIZE) ? this.recent << distance : 0;
			this.newest = number;
		}
		long age = this.newest - number;
		if (age < Long.SIZE) {
			this.recent |= 1L << age;
		}
	}

	/** Returns whether a number was added for certain. */
	boolean contains(long number) {
		long age = this.newest - number;
		return age >= 0 && age < Long.SIZE && (this.recent & (1L << age)) != 0;
	}

	/** Returns whether it is known if a number was added. */
	boolean isRecent(long number) {
		return this.newest - number < Long.SIZE;
	}

	/** Returns whether a number was not added for certain, since the first one was. */
	boolean lacks(long number) {
		return this.first != 0 && number > this.first && isRecent(number) && !contains(number);
	}

}
