package io.nanogame.net;

import java.util.List;

/**
 * What is open on one port.
 *
 * @param protocols names of the protocols that clients may speak there, at least one
 * @param tcp whether packets are taken on the bare socket
 * @param webSocket whether WebSockets are
 * @param webSocketPath the only path for them; empty for any
 * @param allowedOrigins origins of pages that may connect besides those of this host;
 * {@code *} for all
 * @param maxRequestLine the longest first line of an HTTP request, and with it the URL of
 * a WebSocket, in bytes
 * @param maxHeaders the longest headers of such a request, all together, in bytes
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
	 * @param names of the protocols, at least one
	 * @return new settings
	 */
	public ListenerSettings withProtocols(List<String> names) {
		return new ListenerSettings(names, this.tcp, this.webSocket, this.webSocketPath, this.allowedOrigins,
				this.maxRequestLine, this.maxHeaders);
	}

	/**
	 * The defaults.
	 * @return pomelo on TCP and WebSocket, at any path, for pages of this host, with 8 KB
	 * for each of request line and headers
	 */
	public static ListenerSettings defaults() {
		return new ListenerSettings(List.of("pomelo"), true, true, "", List.of(), 8 * 1024, 8 * 1024);
	}

}
