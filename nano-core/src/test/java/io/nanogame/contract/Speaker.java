package io.nanogame.contract;

import io.nanogame.test.RawClient;

/**
 * A client of some protocol, as the contract sees it. Blocks.
 */
interface Speaker extends AutoCloseable {

	/** Opens the session, if the protocol has a handshake. */
	Speaker greet();

	void request(long id, String route, String body);

	void notify(String route, String body);

	/** Sends a message that is longer than some bytes. */
	default void exceed(int bytes) {
		notify("test.count", '"' + "x".repeat(bytes) + '"');
	}

	/** Sends bytes that are no message of the protocol. */
	void babble();

	/** Reads the next message, whatever it is. */
	Heard read();

	/** The client below the protocol. */
	RawClient wire();

	@Override
	default void close() {
		wire().close();
	}

	/**
	 * What the server has sent.
	 *
	 * @param kind of message
	 * @param id of the request that is answered
	 * @param route of a push
	 * @param body of an answer or a push; code and message of an error; the reason of a
	 * farewell
	 */
	record Heard(Kind kind, long id, String route, String body) {

		static Heard answer(long id, String body) {
			return new Heard(Kind.ANSWER, id, "", body);
		}

		static Heard error(long id, String body) {
			return new Heard(Kind.ERROR, id, "", body);
		}

		static Heard push(String route, String body) {
			return new Heard(Kind.PUSH, 0, route, body);
		}

		static Heard farewell(String reason) {
			return new Heard(Kind.FAREWELL, 0, "", reason);
		}

		static Heard end() {
			return new Heard(Kind.END, 0, "", "");
		}

	}

	/**
	 * What a message is for.
	 */
	enum Kind {

		ANSWER, ERROR, PUSH, REFUSAL, FAREWELL, END

	}

}
