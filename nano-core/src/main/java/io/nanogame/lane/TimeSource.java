package io.nanogame.lane;

/**
 * Where {@link Timers} take time from: a clock, and a bell for each of its moments. For
 * players time passes by itself; in tests one stands still that is moved on by hand.
 */
public interface TimeSource extends io.netty.util.Timer {

	/**
	 * The present moment. Any thread.
	 * @return in nanoseconds since some moment, as {@link System#nanoTime()}
	 */
	long nanoTime();

}
