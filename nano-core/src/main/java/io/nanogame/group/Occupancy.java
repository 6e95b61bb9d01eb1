package io.nanogame.group;

import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.limit.Limit;

/**
 * How many members a group has and whether it is closed, in one number, so that the last
 * place is taken once and a group that closes empty is empty. Any thread.
 */
final class Occupancy {

	private static final int CLOSED = Integer.MIN_VALUE;

	private final String group;

	private final AtomicInteger state = new AtomicInteger();

	Occupancy(String group) {
		this.group = group;
	}

	/**
	 * Takes a place.
	 * @param limit how many there are
	 * @throws GroupClosedException when the group is closed
	 * @throws GroupFullException when there is none left
	 */
	void enter(Limit limit) {
		int present;
		do {
			present = this.state.get();
			if (present < 0) {
				throw new GroupClosedException(this.group);
			}
			if (!limit.hasRoom(present)) {
				limit.exceeded();
				throw new GroupFullException(this.group);
			}
		}
		while (!this.state.compareAndSet(present, present + 1));
	}

	void leave() {
		this.state.decrementAndGet();
	}

	int count() {
		return this.state.get() & ~CLOSED;
	}

	/** Returns false when it was closed before. */
	boolean close() {
		return this.state.getAndUpdate((present) -> present | CLOSED) >= 0;
	}

	/** Returns whether it is this call that has closed the group. */
	boolean closeIfEmpty() {
		return this.state.compareAndSet(0, CLOSED);
	}

	boolean isClosed() {
		return this.state.get() < 0;
	}

	void checkOpen() {
		if (isClosed()) {
			throw new GroupClosedException(this.group);
		}
	}

}
