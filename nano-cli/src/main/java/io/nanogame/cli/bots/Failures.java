package io.nanogame.cli.bots;

import io.nanogame.client.ClientOverloadedException;
import io.nanogame.client.ConnectionLostException;
import io.nanogame.client.ErrorResponseException;
import io.nanogame.client.HandshakeRefusedException;
import io.nanogame.client.KickedException;
import io.nanogame.client.NotConnectedException;
import io.nanogame.client.RequestTimeoutException;
import org.jspecify.annotations.Nullable;

/** Few words for each kind of failure, to count by. */
final class Failures {

	static final String UNEXPECTED_ANSWER = "unexpected answer";

	static final String NO_PUSH = "push did not come";

	private Failures() {
	}

	/** Of an attempt to connect: why it failed matters, and is the same for many. */
	static String ofConnecting(@Nullable Throwable failure) {
		return (failure instanceof ConnectionLostException) ? String.valueOf(failure.getMessage()) : kind(failure);
	}

	/** Of what was done on a connection; {@code null} if only its end is known. */
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
