package io.nanogame.client;

/**
 * There is no connection to send on; nothing was sent.
 */
public final class NotConnectedException extends NanoClientException {

	NotConnectedException(ClientState state) {
		super("Not connected: " + state, null);
	}

}
