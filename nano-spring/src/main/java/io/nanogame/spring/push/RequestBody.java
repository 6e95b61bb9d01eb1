package io.nanogame.spring.push;

import java.util.concurrent.CompletionStage;

/**
 * The unread body of an HTTP request, independent of the web server.
 */
@FunctionalInterface
public interface RequestBody {

	/**
	 * Reads the body, or its beginning.
	 * @param most the maximum number of bytes to read
	 * @return the bytes
	 */
	CompletionStage<byte[]> read(int most);

}
