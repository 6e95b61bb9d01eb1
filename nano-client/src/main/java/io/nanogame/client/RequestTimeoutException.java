package io.nanogame.client;

import java.time.Duration;

/**
 * The server did not answer in time. The outcome is unknown: the server may have done it,
 * or may do it yet.
 */
public final class RequestTimeoutException extends NanoClientException {

	RequestTimeoutException(String route, Duration timeout) {
		super("%s was not answered within %d ms".formatted(route, timeout.toMillis()), null);
	}

}
