package io.nanogame.client;

/**
 * There is no connection to send on; nothing was sent.
 */
public final class NotConnectedException extends NanoClientException {

	NotConnectedException(ClientState state) {
		super("This client is not connected: " + state.phase() + advice(state), state.reason());
	}

	private static String advice(ClientState state) {
		if (state.phase() == ClientState.Phase.NEW) {
			return "; connect() first";
		}
		return (state.reason() != null) ? ": " + state.reason().getMessage() : "";
	}

}
