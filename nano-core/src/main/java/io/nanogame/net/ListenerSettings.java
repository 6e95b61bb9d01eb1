package io.nanogame.net;

import java.util.List;

/**
 * The protocols and transports of one port.
 *
 * @param protocols the names of the protocols that clients may use, at least one
 * @param tcp whether packets are accepted on the bare socket
 * @param webSocket whether WebSockets are accepted
 * @param webSocketPath the only path of WebSockets; empty for any path
 * @param allowedOrigins the origins of pages that may connect in addition to those of
 * this host; {@code *} for all
 * @param maxRequestLine the maximum length of the first line of an HTTP request, which
 * contains the URL of a WebSocket, in bytes
 * @param maxHeaders the maximum total length of the headers of such a request, in bytes
 */
public record ListenerSettings(List<String> protocols, boolean tcp, boolean webSocket, String webSocketPath,
		List<String> allowedOrigins, int maxRequestLine, int maxHeaders) {

	public ListenerSettings {
		if (protocols.isEmpty()) {
			throw new IllegalArgumentException("A listener serves at least one protocol");
		}
		if (!tcp && !webSocket) {
			throw new IllegalArgumentException("TCP and WebSocket are both switched off; leave one of them on");
		}
		if (maxRequestLine < 1 || maxHeaders < 1) {
			throw new IllegalArgumentException("A budget must be at least one byte");
		}
	}

	/**
	 * Returns these settings with other protocols.
	 * @param names the names of the protocols, at least one
	 * @return new settings
	 */
	public ListenerSettings withProtocols(List<String> names) {
		return new ListenerSettings(names, this.tcp, this.webSocket, this.webSocketPath, this.allowedOrigins,
				this.maxRequestLine, this.maxHeaders);
	}

	/**
	 * Returns the defaults.
	 * @return pomelo on TCP and WebSocket, at any path, for pages of this host, with 8 KB
	 * for the request line and 8 KB for the headers
	 */
	public static ListenerSettings defaults() {
		return new ListenerSettings(List.of("pomelo"), true, true, "", List.of(), 8 * 1024, 8 * 1024);
	}

}
