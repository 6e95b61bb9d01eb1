package io.nanogame.time;

/**
 * The machine's own time, for what passes whatever time the game goes by: how long a
 * thread waits for another, how long a call took, which of two things was made first.
 * Everything else goes by a {@link TimeSource}.
 */
public final class RealTime {

	private RealTime() {
	}

	/**
	 * The present moment. Any thread.
	 * @return in nanoseconds since an arbitrary moment; the difference of two is the time
	 * between them
	 */
	public static long nanoTime() {
		return System.nanoTime();
	}

}
