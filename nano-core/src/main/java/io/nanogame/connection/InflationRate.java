package io.nanogame.connection;

/**
 * How fast bodies of one client are inflated: what a second allows at once, then no
 * faster. A message is inflated whole, so the one that exceeds the rate delays the next.
 * Loop.
 */
final class InflationRate {

	private static final long SECOND_NANOS = 1_000_000_000L;

	private final int bytesPerSecond;

	/** When all that was inflated would have been, at the rate. */
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
