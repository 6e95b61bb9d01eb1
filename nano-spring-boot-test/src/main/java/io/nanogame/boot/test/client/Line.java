package io.nanogame.boot.test.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * How one player is connected: by a socket, or in memory. Any thread.
 */
public interface Line {

	/**
	 * Connects and shakes hands.
	 * @return done when messages can be sent; fails with a {@link RefusedException}, or
	 * with whatever else went wrong
	 */
	CompletableFuture<Void> open();

	/**
	 * Asks.
	 * @param route of the request
	 * @param body of the request
	 * @return the answer; fails when none can come any more
	 */
	CompletableFuture<Reply> request(String route, byte[] body);

	/**
	 * Tells.
	 * @param route of the notify
	 * @param body of the notify
	 */
	void tell(String route, byte[] body);

	/**
	 * Sends no heartbeats any more.
	 * @throws UnsupportedOperationException when this line cannot
	 */
	void fallSilent();

	/** Closes, behind what was sent. */
	void close();

	/**
	 * Waits until the game is done with all it was told.
	 * @param limit how long at most
	 * @return how long to listen on for what may still come; zero if nothing will
	 */
	Duration settle(Duration limit);

	/**
	 * The time this line goes by.
	 * @return the present moment, as {@link System#nanoTime()}
	 */
	long nanoTime();

	/**
	 * What a developer may have overlooked who waits in vain.
	 * @return a sentence, or nothing
	 */
	String hint();

}
