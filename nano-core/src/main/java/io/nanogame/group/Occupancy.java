package io.nanogame.group;

import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.limit.Limit;

/**
 * The number of members of a group and its closed flag, in one atomic number. The size
 * limit is therefore never exceeded, and a group that is closed as empty has no members.
 * Thread-safe.
 */
final class Occupancy {

	private static final int CLOSED = Integer.MIN_VALUE;

	private final String group;

	private final AtomicInteger state = new AtomicInteger();

	Occupancy(String group) {
		this.group = group;
	}

	/**
	 * Counts a new member.
	 * @param limit the maximum number of members
	 * @throws GroupClosedException when the group is closed
	 * @throws GroupFullException when the limit is reached
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

	/** Closes the group. Returns false when it is already closed. */
	boolean close() {
		return this.state.getAndUpdate((present) -> present | CLOSED) >= 0;
	}

	/** Closes the group if it has no members. Returns whether this call has closed it. */
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
