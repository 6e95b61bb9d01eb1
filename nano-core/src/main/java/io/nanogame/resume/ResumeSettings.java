package io.nanogame.resume;

import java.time.Duration;

/**
 * How long, and how many, sessions are kept without a connection.
 *
 * @param window the time for which a session is kept after its connection was cut; zero
 * to close sessions with their connections
 * @param maxBytes the packets that are kept for one session until its client confirms
 * them, in bytes
 * @param maxSessions the number of sessions without a connection; above it, the one that
 * was cut first is closed
 * @param maxTotalBytes the packets that are kept for all sessions, in bytes; a broadcast
 * counts once for each loop. Above it, sessions without a connection are closed in the
 * same order
 */
public record ResumeSettings(Duration window, int maxBytes, int maxSessions, long maxTotalBytes) {

	private static final Duration MAX_WINDOW = Duration.ofHours(1);

	/**
	 * Checks the settings.
	 * @throws IllegalArgumentException when one is out of range
	 */
	public ResumeSettings {
		if (window.isNegative() || window.compareTo(MAX_WINDOW) > 0) {
			throw new IllegalArgumentException(
					"The window of resumed sessions must be 0 to %s, but is %s".formatted(MAX_WINDOW, window));
		}
		if (maxBytes < 0 || maxSessions < 1 || maxTotalBytes < 0) {
			throw new IllegalArgumentException(
					"The limits of resumed sessions must not be negative, and their number not 0");
		}
	}

	/**
	 * Returns the defaults.
	 * @return a window of 30 seconds, 256 KB a session, 100,000 sessions and 256 MB
	 */
	public static ResumeSettings defaults() {
		return new ResumeSettings(Duration.ofSeconds(30), 256 * 1024, 100_000, 256L * 1024 * 1024);
	}

	/**
	 * Returns settings with another window.
	 * @param other the window; zero to close sessions with their connections
	 * @return the settings
	 */
	public ResumeSettings withWindow(Duration other) {
		return new ResumeSettings(other, this.maxBytes, this.maxSessions, this.maxTotalBytes);
	}

	/**
	 * Returns the window, as it is sent to clients.
	 * @return whole seconds
	 */
	public int windowSeconds() {
		return (int) this.window.toSeconds();
	}

	/**
	 * Returns whether sessions are kept without a connection.
	 * @return false with a window of zero
	 */
	public boolean isEnabled() {
		return !this.window.isZero();
	}

}
