package io.nanogame.client;

/**
 * Thrown when a limit on unsent bytes or on requests in flight is reached. Nothing was
 * sent.
 */
public final class ClientOverloadedException extends NanoClientException {

	ClientOverloadedException(String message) {
		super(message, null);
	}

	static ClientOverloadedException tooManyUnconfirmedBytes(int max) {
		return new ClientOverloadedException(
				"The server has not confirmed the last %d bytes, which is the limit set by NanoClientBuilder.resume"
					.formatted(max));
	}

	static ClientOverloadedException tooManyPendingBytes(int maxPendingBytes) {
		return new ClientOverloadedException(
				"The server does not read: the limit of %d pending bytes, set by NanoClientBuilder.maxPendingBytes, is reached"
					.formatted(maxPendingBytes));
	}

}
