package io.nanogame.spring.room;

import io.nanogame.serialize.Payloads;
import io.nanogame.session.Session;

/**
 * Writes the messages of this library in the form that a client reads: as protobuf for
 * sessions with the serializer {@code protobuf}, as JSON text for all others. The bytes
 * are sent unchanged, whatever the serializer of the session. Thread-safe.
 */
public final class ClientMessages {

	private static final String PROTOBUF = "protobuf";

	private final Payloads json;

	/**
	 * Creates the messages of a server.
	 * @param json writes JSON
	 */
	public ClientMessages(Payloads json) {
		this.json = json;
	}

	/**
	 * Returns whether a client receives protobuf.
	 * @param session the open session of the client
	 * @return whether the serializer of the session is {@code protobuf}
	 */
	public static boolean isProtobuf(Session session) {
		return session.payloads().serializer().name().equals(PROTOBUF);
	}

	/**
	 * Writes a message for one client.
	 * @param message the message
	 * @param receiver the open session of the client
	 * @return the payload
	 */
	public byte[] write(ClientMessage message, Session receiver) {
		return isProtobuf(receiver) ? ProtobufFields.write(message) : this.json.write(message.json());
	}

	/** Reads and writes JSON. */
	Payloads json() {
		return this.json;
	}

}
