package io.nanogame.server;

import java.util.List;

import io.nanogame.connection.ProtocolTrait;
import io.nanogame.connection.Protocols;
import io.nanogame.net.Listener;

/**
 * Thrown when a listener serves a protocol without authentication although there are
 * handshake validators, and does not allow it explicitly.
 */
public final class UnauthenticatedProtocolException extends RuntimeException {

	private final String listener;

	private final String protocol;

	UnauthenticatedProtocolException(String listener, String protocol) {
		super("Listener '%s' serves the protocol '%s', which sends no data that a handshake validator could check"
			.formatted(listener, protocol));
		this.listener = listener;
		this.protocol = protocol;
	}

	/** Checks that no protocol bypasses the login unintentionally. */
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
