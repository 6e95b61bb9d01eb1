package io.nanogame.client;

/**
 * So much is under way to the server that no more is taken; nothing was sent.
 */
public final class ClientOverloadedException extends NanoClientException {

	ClientOverloadedException(String message) {
		super(message, null);
	}

	static ClientOverloadedException unread(int maxPendingBytes) {
		return new ClientOverloadedException(
				"The server does not read what it is sent: %d bytes may wait, the limit set by NanoClientBuilder.maxPendingBytes"
					.formatted(maxPendingBytes));
	}

}
