package io.nanogame.serialize;

/**
 * Writes values of one type.
 *
 * @param undeclared writes those of other types
 * @param declared writes all that are neither bytes nor protobuf messages
 */
record DeclaredWriter(Payloads undeclared, PayloadWriter declared) implements PayloadWriter {

	@Override
	public byte[] write(Object value) {
		return this.undeclared.write(value, this.declared);
	}

}
