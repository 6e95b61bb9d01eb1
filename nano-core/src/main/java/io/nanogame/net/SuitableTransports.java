package io.nanogame.net;

import io.nanogame.connection.Protocol;
import io.nanogame.connection.Protocols;
import io.nanogame.connection.UnsuitableListenerException;

/**
 * Checks the transports of a listener against its protocol. A protocol that needs the
 * messages of WebSockets is served on WebSockets only. If the first bytes of its clients
 * can be any, a client on the bare socket must not be able to begin with anything else.
 */
final class SuitableTransports {

	private SuitableTransports() {
	}

	/**
	 * Returns a listener with the transports on which it serves a protocol.
	 * @throws UnsuitableListenerException when its transports are not suitable
	 */
	static Listener of(Listener listener, Protocol protocol) {
		ListenerSettings settings = listener.settings();
		if (Protocols.needsMessages(protocol)) {
			check(settings.webSocket(), listener, protocol, "which needs WebSockets, over TCP only",
					"websocket.enabled");
			return listener.with(settings.withTransports(false, true));
		}
		if (settings.tcp() && !protocol.isDetectable()) {
			check(!settings.webSocket(), listener, protocol,
					"whose first bytes can be any, beside both TCP and WebSocket", "websocket.enabled");
			check(listener.tls() == null || !listener.tls().allowsPlainText(), listener, protocol,
					"whose first bytes can be any, beside both TLS and plain text", "ssl.allow-plain-text");
		}
		return listener;
	}

	private static void check(boolean suitable, Listener listener, Protocol protocol, String problem, String setting) {
		if (!suitable) {
			throw new UnsuitableListenerException(listener.name(), protocol.name(), problem, setting);
		}
	}

}
