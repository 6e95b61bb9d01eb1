package io.nanogame.connection;

/**
 * The rate limit on inflating bodies of one client, with a burst of one second. A message
 * is always inflated completely, so one that exceeds the rate delays the next. Confined
 * to the loop.
 */
final class InflationRate {

	private static final long SECOND_NANOS = 1_000_000_000L;

	private final int bytesPerSecond;

	/** The time at which the bytes inflated so far would be within the rate. */
	private long evenNanos;

	InflationRate(int bytesPerSecond, long nowNanos) {
		this.bytesPerSecond = bytesPerSecond;
		this.evenNanos = nowNanos;
	}

	boolean isExceeded(long nowNanos) {
		return this.evenNanos - nowNanos > SECOND_NANOS;
	}

	void inflated(int bytes, long nowNanos) {
		long from = (this.evenNanos - nowNanos > 0) ? this.evenNanos : nowNanos;
		this.evenNanos = from + bytes * SECOND_NANOS / this.bytesPerSecond;
	}

}
