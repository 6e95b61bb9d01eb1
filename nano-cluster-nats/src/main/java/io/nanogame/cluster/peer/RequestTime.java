package io.nanogame.cluster.peer;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time of this server, and how much of it a request has. Nodes have no common clock,
 * so what travels with a request is the time that is left. Any thread.
 *
 * @param clock the time of the server, in nanoseconds
 * @param timeoutNanos how long a request may take
 */
public record RequestTime(LongSupplier clock, long timeoutNanos) {

	/**
	 * The present moment.
	 * @return in nanoseconds, of this server
	 */
	public long now() {
		return this.clock.getAsLong();
	}

	/**
	 * When the time of a request is over that comes from another node.
	 * @param receivedNanos when it came
	 * @param millisLeft what that node said was left; 0 when it said nothing
	 * @return in nanoseconds, of this server
	 */
	public long deadline(long receivedNanos, long millisLeft) {
		long left = (millisLeft > 0) ? TimeUnit.MILLISECONDS.toNanos(millisLeft) : this.timeoutNanos;
		return receivedNanos + Math.min(left, this.timeoutNanos);
	}

	/**
	 * What to tell another node.
	 * @param deadlineNanos when the time of a request is over here
	 * @return what is left, in milliseconds, at least 1
	 */
	public long millisLeft(long deadlineNanos) {
		return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - now()));
	}

}
