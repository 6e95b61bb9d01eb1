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
	 * Writes the fields of the message as {@code nano-rooms.proto} defines it.
	 * @param fields writes protobuf
	 */
	void writeTo(ProtobufFields fields);

}
