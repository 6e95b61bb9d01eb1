package io.nanogame.benchmarks.soak;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The complaints of well-behaved clients. Thread-safe.
 */
final class Complaints {

	/** The number of complaints that are kept; the rest are only counted. */
	private static final int KEPT = 50;

	private final AtomicLong count = new AtomicLong();

	private final List<String> first = new CopyOnWriteArrayList<>();

	void add(String message) {
		if (this.count.incrementAndGet() <= KEPT) {
			this.first.add(message);
		}
	}

	long count() {
		return this.count.get();
	}

	List<String> first() {
		return List.copyOf(this.first);
	}

}
