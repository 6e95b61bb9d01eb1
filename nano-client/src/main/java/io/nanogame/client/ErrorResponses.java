package io.nanogame.client;

import java.util.Arrays;

import io.nanogame.protocol.Message;
import io.nanogame.serialize.ErrorBody;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes error responses. This server and pitaya mark them. pomelo does not, so an
 * unmarked response is an error, too, if its first field is a numeric {@code code} of 400
 * or more.
 */
final class ErrorResponses {

	private static final byte[] CODE_FIELD = { '{', '"', 'c', 'o', 'd', 'e', '"', ':' };

	private static final int LOWEST_ERROR_CODE = 400;

	private final Payloads payloads;

	ErrorResponses(Payloads payloads) {
		this.payloads = payloads;
	}

	/** Returns the error of a response, or {@code null} if it is not an error. */
	@Nullable ErrorResponseException read(String route, Message response) {
		ErrorBody body = (response.error() || startsWithCode(response.body())) ? body(response) : null;
		if (response.error()) {
			return (body != null) ? error(route, body, response)
					: new ErrorResponseException(route, "", "no readable error body", response.body());
		}
		boolean isError = body != null && body.code() instanceof Integer code && code >= LOWEST_ERROR_CODE;
		return isError ? error(route, body, response) : null;
	}

	/** Servers of other makers may omit fields. */
	private static ErrorResponseException error(String route, ErrorBody body, Message response) {
		return new ErrorResponseException(route, (body.code() != null) ? body.code().toString() : "",
				(body.msg() != null) ? body.msg() : "", response.body());
	}

	private @Nullable ErrorBody body(Message response) {
		try {
			return this.payloads.readError(response.body());
		}
		catch (SerializationException ex) {
			return null;
		}
	}

	private static boolean startsWithCode(byte[] body) {
		return body.length > CODE_FIELD.length
				&& Arrays.equals(body, 0, CODE_FIELD.length, CODE_FIELD, 0, CODE_FIELD.length);
	}

}
