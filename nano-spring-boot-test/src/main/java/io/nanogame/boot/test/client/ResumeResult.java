package io.nanogame.boot.test.client;

/**
 * What has become of the session of a player that has connected again.
 *
 * @param resumed {@code true} if the session continues; {@code false} if it is lost: then
 * the player has a new one, unless the game has kicked the player
 * @param message why the session is lost; empty if it continues, or the server does not
 * know
 */
public record ResumeResult(boolean resumed, String message) {

	/**
	 * The session continues.
	 */
	public static final ResumeResult RESUMED = new ResumeResult(true, "");

	/**
	 * The session is lost.
	 * @param message why; may be empty
	 * @return the result
	 */
	public static ResumeResult lost(String message) {
		return new ResumeResult(false, message);
	}

}
