package io.nanogame.server;

/**
 * A listener serves a protocol whose clients cannot say who they are, although there are
 * handshake validators, and does not allow that explicitly.
 */
public final class UnauthenticatedProtocolException extends RuntimeException {

	private final String listener;

	private final String protocol;

	UnauthenticatedProtocolException(String listener, String protocol) {
		super("Listener '%s' serves the protocol '%s', whose clients cannot say who they are to a handshake validator"
			.formatted(listener, protocol));
		this.listener = listener;
		this.protocol = protocol;
	}

	public String listener() {
		return this.listener;
	}

	public String protocol() {
		return this.protocol;
	}

}
