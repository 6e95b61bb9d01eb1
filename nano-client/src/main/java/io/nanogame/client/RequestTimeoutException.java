package io.nanogame.client;

import java.time.Duration;

/**
 * The server did not answer in time. Whether it did what it was asked is not known.
 */
public final class RequestTimeoutException extends NanoClientException {

	RequestTimeoutException(String route, Duration timeout) {
		super("%s was not answered within %d ms".formatted(route, timeout.toMillis()), null);
	}

}
