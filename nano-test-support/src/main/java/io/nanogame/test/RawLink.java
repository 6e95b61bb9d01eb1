package io.nanogame.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Carries the bytes of a {@link RawClient}: a socket, with or without TLS, or memory.
 */
public interface RawLink extends AutoCloseable {

	/**
	 * Returns the bytes that the server sends.
	 * @return blocks until bytes arrive; throws an {@link java.io.InterruptedIOException}
	 * after the time-out
	 * @throws IOException if the connection is closed
	 */
	InputStream in() throws IOException;

	/**
	 * Returns where to write the bytes for the server.
	 * @return sends what one call writes at once
	 * @throws IOException if the connection is closed
	 */
	OutputStream out() throws IOException;

	/**
	 * Sets the time-out of reads.
	 * @param timeout how long a read waits at most
	 * @throws IOException if the connection is closed
	 */
	void timeout(Duration timeout) throws IOException;

	/**
	 * Half-closes the connection.
	 * @throws IOException if the connection is closed
	 */
	void finish() throws IOException;

	/**
	 * Closes the connection with a reset.
	 * @throws IOException if that fails
	 */
	void reset() throws IOException;

	@Override
	void close() throws IOException;

}
