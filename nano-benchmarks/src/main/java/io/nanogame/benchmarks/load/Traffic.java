package io.nanogame.benchmarks.load;

import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The load of the clients of one loop, and their measurements. Confined to the loop.
 */
final class Traffic {

	private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

	String route = "";

	byte[] body = {};

	/** The number of requests in flight per client. */
	int inFlight;

	/** Whether the next request is sent after each response. */
	boolean running;

	/** Whether requests are sent at a fixed rate, without waiting for responses. */
	boolean paced;

	/** Whether pushes end with the time they were due. */
	boolean stamped;

	/** The number of pending requests. */
	int waiting;

	long responses;

	long pushes;

	/** Why the measurement is invalid, if it is. */
	@Nullable String fault;

	final Histogram nanos = new Histogram(1, LONGEST, 3);

	void responded(long sentNanos) {
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
