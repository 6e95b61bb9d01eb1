package io.nanogame.serialize;

/**
 * Reads bodies as one type. Made at startup, used by any thread.
 */
@FunctionalInterface
public interface PayloadReader {

	/**
	 * Reads a body.
	 * @param body the bytes of a message, may be empty, not to be changed
	 * @return the value
	 * @throws SerializationException when the bytes are not such a value
	 */
	Object read(byte[] body);

}
