package io.nanogame.spring.push;

import java.util.concurrent.CompletionStage;

/**
 * The body of an HTTP request, not yet read, of whatever web server.
 */
@FunctionalInterface
public interface RequestBody {

	/**
	 * Reads the body, or the beginning of it.
	 * @param most how many bytes to read at most
	 * @return the bytes
	 */
	CompletionStage<byte[]> read(int most);

}
