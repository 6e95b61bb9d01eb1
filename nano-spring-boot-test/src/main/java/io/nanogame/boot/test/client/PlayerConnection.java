package io.nanogame.boot.test.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The connection of one player: a socket, or in memory. A player that resumes its session
 * has another one afterwards. Thread-safe.
 */
public interface PlayerConnection {

	/**
	 * Connects and completes the handshake.
	 * @return completes when messages can be sent; fails with a {@link RefusedException},
	 * or with the cause of another failure
	 */
	CompletableFuture<Void> open();

	/**
	 * Sends a request.
	 * @param route the route of the request
	 * @param body the body of the request
	 * @return the reply; fails when the connection ends before
	 */
	CompletableFuture<Reply> request(String route, byte[] body);

	/**
	 * Sends a notification.
	 * @param route the route of the notification
	 * @param body the body of the notification
	 */
	void notify(String route, byte[] body);

	/**
	 * Stops sending heartbeats.
	 * @throws UnsupportedOperationException if this connection does not support it
	 */
	void fallSilent();

	/**
	 * Breaks the connection, without a clean end. A player that can resume its session
	 * stays away until {@link #resume()}; messages that it sends meanwhile wait.
	 * @throws IllegalStateException if there is no connection
	 * @throws UnsupportedOperationException if this connection does not support it
	 */
	void cut();

	/**
	 * Connects again, to continue the session.
	 * @return completes when messages can be sent; fails with a {@link RefusedException},
	 * with an {@link IllegalStateException} if the player cannot resume now, or with the
	 * cause of another failure
	 */
	CompletableFuture<ResumeResult> resume();

	/**
	 * Closes the connection after all queued output, and ends the session. That of a
	 * resumable player that is away is resumed for that.
	 */
	void close();

	/**
	 * Waits until the game has handled all messages that were sent, as far as that can be
	 * known.
	 * @param limit how long to wait at most
	 * @return how long further messages may still arrive; zero if none can
	 */
	Duration settle(Duration limit);

	/**
	 * Returns the time of this connection.
	 * @return as {@link System#nanoTime()}
	 */
	long nanoTime();

	/**
	 * Returns a hint for a developer whose test has waited in vain.
	 * @return a sentence, or empty
	 */
	String hint();

}
