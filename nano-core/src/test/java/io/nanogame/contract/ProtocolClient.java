package io.nanogame.contract;

import io.nanogame.test.RawClient;

/**
 * A client of one protocol, as the contract tests use it. Blocks.
 */
interface ProtocolClient extends AutoCloseable {

	/** Opens the session, if the protocol has a handshake. */
	ProtocolClient handshake();

	void request(long id, String route, String body);

	void notify(String route, String body);

	/** Sends a message that is longer than a number of bytes. */
	default void sendTooLong(int bytes) {
		notify("test.count", '"' + "x".repeat(bytes) + '"');
	}

	/** Sends bytes that are not a message of the protocol. */
	void sendInvalid();

	/** Reads the next message, whatever it is. */
	Received read();

	/** Returns the client of raw bytes. */
	RawClient wire();

	@Override
	default void close() {
		wire().close();
	}

	/**
	 * A message of the server.
	 *
	 * @param kind the kind of message
	 * @param id the id of the request of a response
	 * @param route the route of a push
	 * @param body the body of a response or a push; code and message of an error; the
	 * reason of a farewell
	 */
	record Received(Kind kind, long id, String route, String body) {

		static Received response(long id, String body) {
			return new Received(Kind.RESPONSE, id, "", body);
		}

		static Received error(long id, String body) {
			return new Received(Kind.ERROR, id, "", body);
		}

		static Received push(String route, String body) {
			return new Received(Kind.PUSH, 0, route, body);
		}

		static Received farewell(String reason) {
			return new Received(Kind.FAREWELL, 0, "", reason);
		}

		static Received end() {
			return new Received(Kind.END, 0, "", "");
		}

	}

	/**
	 * The kind of a message.
	 */
	enum Kind {

		RESPONSE, ERROR, PUSH, REFUSAL, FAREWELL, END

	}

}
