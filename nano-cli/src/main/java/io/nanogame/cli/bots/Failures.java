package io.nanogame.cli.bots;

import io.nanogame.client.ClientOverloadedException;
import io.nanogame.client.ConnectionLostException;
import io.nanogame.client.ErrorResponseException;
import io.nanogame.client.HandshakeRefusedException;
import io.nanogame.client.KickedException;
import io.nanogame.client.NotConnectedException;
import io.nanogame.client.RequestTimeoutException;
import org.jspecify.annotations.Nullable;

/** Names the kinds of failures, by which the report counts them. */
final class Failures {

	static final String UNEXPECTED_RESPONSE = "unexpected answer";

	static final String NO_PUSH = "push did not come";

	private Failures() {
	}

	/**
	 * Returns the kind of a failed attempt to connect: the client's message, which tells
	 * the cause.
	 */
	static String ofConnecting(@Nullable Throwable failure) {
		return (failure instanceof ConnectionLostException) ? String.valueOf(failure.getMessage()) : kind(failure);
	}

	/**
	 * Returns the kind of a failed step.
	 * @param failure {@code null} if only the end of the connection is known
	 */
	static String kind(@Nullable Throwable failure) {
		if (failure == null || failure instanceof ConnectionLostException) {
			return "connection lost";
		}
		if (failure instanceof ErrorResponseException error) {
			return "answered " + error.code();
		}
		if (failure instanceof RequestTimeoutException) {
			return "not answered in time";
		}
		if (failure instanceof KickedException kick) {
			return "kicked: " + kick.reason();
		}
		if (failure instanceof HandshakeRefusedException refused) {
			return "handshake refused with " + refused.code();
		}
		if (failure instanceof NotConnectedException) {
			return "not connected";
		}
		if (failure instanceof ClientOverloadedException) {
			return "server does not read";
		}
		return failure.getClass().getSimpleName();
	}

}
