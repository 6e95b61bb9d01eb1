package io.nanogame.boot.test.slice;

import io.nanogame.memory.GameThreads;
import io.nanogame.memory.ManualTime;

/**
 * The time of a slice, which stands still until the test advances it. Timers, time-outs
 * of requests, heartbeats and rate limits use it. Calls of {@link System} or a
 * {@link java.time.Clock}, and a game's own schedulers, do not.
 */
public final class VirtualTime extends ManualTime {

	/**
	 * Creates a time that begins at zero.
	 * @param threads finish the tasks of each moment before the time advances to the next
	 */
	public VirtualTime(GameThreads threads) {
		super(threads);
	}

}
