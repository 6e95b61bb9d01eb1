package io.nanogame.spring.room;

/**
 * A message of this library to a client, which {@link ClientMessages} writes as JSON or
 * as protobuf.
 */
public interface ClientMessage {

	/**
	 * Returns what is written as JSON.
	 * @return by default the message itself
	 */
	default Object json() {
		return this;
	}

	/**
	 * Writes the fields of the message of the same name in {@code nano-rooms.proto}.
	 * @param fields writes protobuf
	 */
	void writeTo(ProtobufFields fields);

}
