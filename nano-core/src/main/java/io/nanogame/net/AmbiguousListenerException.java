package io.nanogame.net;

import java.util.ArrayList;
import java.util.List;

import io.nanogame.connection.Protocol;
import io.nanogame.connection.Protocols;

/**
 * Thrown when a listener serves a protocol whose first bytes can be any, and something
 * else from which it would have to be distinguished.
 */
public final class AmbiguousListenerException extends RuntimeException {

	private final String listener;

	private final String protocol;

	private AmbiguousListenerException(String listener, String protocol, String others) {
		super("Listener '%s' serves the protocol '%s', whose first bytes can be any, beside %s".formatted(listener,
				protocol, others));
		this.listener = listener;
		this.protocol = protocol;
	}

	/** Checks that the first bytes of a client determine what it uses. */
	static void check(Protocols protocols, Listener listener) {
		List<String> names = listener.settings().protocols();
		for (String name : names) {
			Protocol protocol = protocols.choose(List.of(name));
			if (!protocol.isDetectable()) {
				List<String> others = others(name, listener);
				if (!others.isEmpty()) {
					throw new AmbiguousListenerException(listener.name(), name, String.join(" and ", others));
				}
			}
		}
	}

	private static List<String> others(String protocol, Listener listener) {
		List<String> others = new ArrayList<>();
		listener.settings()
			.protocols()
			.stream()
			.filter((name) -> !name.equals(protocol))
			.map((name) -> "the protocol '" + name + "'")
			.forEach(others::add);
		if (listener.settings().tcp() && listener.settings().webSocket()) {
			others.add("both TCP and WebSocket");
		}
		if (listener.tls() != null && listener.tls().allowsPlainText()) {
			others.add("both TLS and plain text");
		}
		return others;
	}

	public String listener() {
		return this.listener;
	}

	public String protocol() {
		return this.protocol;
	}

}
