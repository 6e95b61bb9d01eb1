package io.nanogame.client;

import java.util.Arrays;

import io.nanogame.protocol.Message;
import io.nanogame.serialize.ErrorBody;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Tells answers that are errors from others. This server and pitaya mark them. pomelo
 * does not, so an unmarked answer is one too if it begins with a number {@code code} of
 * 400 or more.
 */
final class ErrorAnswers {

	private static final byte[] BEGIN = { '{', '"', 'c', 'o', 'd', 'e', '"', ':' };

	private static final int LOWEST_CODE = 400;

	private final Payloads payloads;

	ErrorAnswers(Payloads payloads) {
		this.payloads = payloads;
	}

	/** The error of an answer, or {@code null} if it is none. */
	@Nullable ErrorResponseException read(String route, Message response) {
		ErrorBody body = (response.error() || begins(response.body())) ? body(response) : null;
		if (response.error()) {
			return (body != null) ? error(route, body, response)
					: new ErrorResponseException(route, "", "no words that can be read", response.body());
		}
		boolean isError = body != null && body.code() instanceof Integer code && code >= LOWEST_CODE;
		return isError ? error(route, body, response) : null;
	}

	/** Fields may be missing from what another server sends. */
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

	private static boolean begins(byte[] body) {
		return body.length > BEGIN.length && Arrays.equals(body, 0, BEGIN.length, BEGIN, 0, BEGIN.length);
	}

}
