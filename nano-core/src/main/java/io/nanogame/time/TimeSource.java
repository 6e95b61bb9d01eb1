package io.nanogame.time;

import java.time.Duration;

/**
 * The clock and timer of a server. In production time passes by itself; in tests it
 * stands still and is advanced explicitly.
 */
public interface TimeSource extends io.netty.util.Timer {

	/**
	 * Creates a time source that follows the system's clock. Starts its thread with the
	 * first timeout.
	 * @param precision how late a timeout may fire
	 * @return a new time source, to be {@link #stop() stopped}
	 */
	static TimeSource passing(Duration precision) {
		return new WheelTime(precision);
	}

	/**
	 * Returns the elapsed time. Thread-safe.
	 * @return nanoseconds since an arbitrary origin, as {@link System#nanoTime()}
	 */
	long nanoTime();

	/**
	 * Returns the wall-clock time. Thread-safe.
	 * @return milliseconds since 1970, as {@link System#currentTimeMillis()}
	 */
	long currentTimeMillis();

}
