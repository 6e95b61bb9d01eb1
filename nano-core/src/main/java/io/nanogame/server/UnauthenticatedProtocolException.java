package io.nanogame.server;

import java.util.List;

import io.nanogame.connection.ProtocolTrait;
import io.nanogame.connection.Protocols;
import io.nanogame.net.Listener;

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

	/** A protocol must not be a way around the login by mistake. */
	static void check(Protocols protocols, Listener listener) {
		for (String name : listener.settings().protocols()) {
			if (!listener.allowUnauthenticated()
					&& !protocols.choose(List.of(name)).traits().contains(ProtocolTrait.INTRODUCTION)) {
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
