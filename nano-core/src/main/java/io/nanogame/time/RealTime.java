package io.nanogame.time;

/**
 * The system's time, for durations that do not depend on the time of the game: how long a
 * thread waits for another, how long a call took, which of two objects was created first.
 * Everything else uses a {@link TimeSource}.
 */
public final class RealTime {

	private RealTime() {
	}

	/**
	 * Returns the elapsed time. Thread-safe.
	 * @return nanoseconds since an arbitrary origin; only differences are meaningful
	 */
	public static long nanoTime() {
		return System.nanoTime();
	}

}
