package io.nanogame.session;

import io.nanogame.protocol.ClientInfo;
import io.nanogame.serialize.ErrorBody;

/**
 * How a client reads errors. The rest of the server gives a code and a message, see
 * {@link OutboundMessage#error}; the form is a trait of the session.
 */
enum ErrorForm {

	/** The code is a number, such as 404. */
	NUMBER,

	/** The code is text, such as {@code PIT-404}. */
	PITAYA;

	static ErrorForm of(ClientInfo client) {
		return client.pitaya() ? PITAYA : NUMBER;
	}

	ErrorBody body(int code, String message) {
		return ErrorBody.of(code, message, this == PITAYA);
	}

}
