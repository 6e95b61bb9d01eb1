package io.nanogame.client;

/**
 * Thrown when there is no open connection. Nothing was sent.
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
