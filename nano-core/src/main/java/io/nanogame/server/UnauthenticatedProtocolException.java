package io.nanogame.server;

import io.nanogame.connection.ProtocolTrait;
import io.nanogame.connection.Protocols;
import io.nanogame.net.Listener;

/**
 * Thrown when a listener names a protocol whose clients cannot identify themselves, there
 * are handshake validators, and the listener does not allow that explicitly.
 */
public final class UnauthenticatedProtocolException extends RuntimeException {

	private final String listener;

	private final String protocol;

	UnauthenticatedProtocolException(String listener, String protocol) {
		super("Listener '%s' serves the protocol '%s', whose clients cannot identify themselves to a handshake validator"
			.formatted(listener, protocol));
		this.listener = listener;
		this.protocol = protocol;
	}

	/** Prevents a protocol from being a way around the login by mistake. */
	static void check(Protocols protocols, Listener listener) {
		for (String name : listener.settings().protocols()) {
			if (!listener.allowUnauthenticated()
					&& !protocols.find(name).traits().contains(ProtocolTrait.INTRODUCTION)) {
				throw new UnauthenticatedProtocolException(listener.name(), name);
			}
		}
	}

	public String listener() {
		return this.listener;
	}

	public String protocol() {
		return this.protocol;
	}

}
