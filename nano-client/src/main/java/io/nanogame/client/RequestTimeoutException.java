package io.nanogame.client;

import java.time.Duration;

/**
 * Thrown when the server does not reply in time. The outcome is unknown: the server may
 * have handled the request, or may handle it yet.
 */
public final class RequestTimeoutException extends NanoClientException {

	RequestTimeoutException(String route, Duration timeout) {
		super("%s was not answered within %d ms".formatted(route, timeout.toMillis()), null);
	}

}
