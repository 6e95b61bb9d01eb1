package io.nanogame.time;

import java.time.Duration;

/**
 * Where a server takes time from: a clock, and an alarm for each of its moments. For
 * players time passes by itself; in tests it stands still and is moved on by hand.
 */
public interface TimeSource extends io.netty.util.Timer {

	/**
	 * Creates a time that passes by itself. Starts no thread before the first alarm.
	 * @param precision how late an alarm may be
	 * @return a new time, to be {@link #stop() stopped}
	 */
	static TimeSource passing(Duration precision) {
		return new WheelTime(precision);
	}

	/**
	 * The present moment. Any thread.
	 * @return in nanoseconds since some moment, as {@link System#nanoTime()}
	 */
	long nanoTime();

	/**
	 * The date. Any thread.
	 * @return in milliseconds since 1970, as {@link System#currentTimeMillis()}
	 */
	long currentTimeMillis();

}
