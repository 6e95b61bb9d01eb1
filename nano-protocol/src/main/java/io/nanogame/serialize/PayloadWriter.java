package io.nanogame.serialize;

/**
 * Writes values of one declared type. Made at startup, used by any thread.
 */
@FunctionalInterface
public interface PayloadWriter {

	/**
	 * Writes a value.
	 * @param value mostly of the declared type; any other is written as what it is
	 * @return its bytes, owned by the caller
	 * @throws SerializationException when the value cannot be written
	 */
	byte[] write(Object value);

	/**
	 * The writer for a value of another type that takes the place of such a value.
	 * @return a writer that knows of no declared type
	 */
	default PayloadWriter undeclared() {
		return this;
	}

}
