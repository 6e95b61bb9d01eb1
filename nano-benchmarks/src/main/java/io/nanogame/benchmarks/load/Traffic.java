package io.nanogame.benchmarks.load;

import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What clients of one loop do and have seen. The loop's own, so it needs no lock.
 */
final class Traffic {

	private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

	String route = "";

	byte[] body = {};

	/** How many requests a client sends before it waits for an answer. */
	int inFlight;

	/** Whether an answer is followed by the next request. */
	boolean running;

	/** Whether requests are sent at a fixed rate, and not when answers come. */
	boolean paced;

	/** Whether pushes end with the time they were due. */
	boolean stamped;

	/** Requests that are not answered. */
	int waiting;

	long responses;

	long pushes;

	/** Why the figures are worth nothing. */
	@Nullable String fault;

	final Histogram nanos = new Histogram(1, LONGEST, 3);

	void answered(long sentNanos) {
		this.waiting--;
		this.responses++;
		this.nanos.recordValue(Math.min(LONGEST, System.nanoTime() - sentNanos));
	}

	void pushed(long dueNanos) {
		this.nanos.recordValue(Math.min(LONGEST, System.nanoTime() - dueNanos));
	}

	void reset() {
		this.responses = 0;
		this.nanos.reset();
	}

}
