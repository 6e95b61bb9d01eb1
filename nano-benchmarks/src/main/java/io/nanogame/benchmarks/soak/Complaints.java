package io.nanogame.benchmarks.soak;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What clients that behave saw go wrong. Any thread.
 */
final class Complaints {

	/** The first ones tell enough. */
	private static final int KEPT = 50;

	private final AtomicLong count = new AtomicLong();

	private final List<String> first = new CopyOnWriteArrayList<>();

	void add(String words) {
		if (this.count.incrementAndGet() <= KEPT) {
			this.first.add(words);
		}
	}

	long count() {
		return this.count.get();
	}

	List<String> first() {
		return List.copyOf(this.first);
	}

}
