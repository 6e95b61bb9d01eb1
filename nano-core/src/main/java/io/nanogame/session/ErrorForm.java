package io.nanogame.session;

import io.nanogame.protocol.ClientInfo;
import io.nanogame.serialize.ErrorBody;

/**
 * The form in which a client reads the code of an error.
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
