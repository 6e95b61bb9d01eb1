package io.nanogame.net;

import java.util.List;

/**
 * The HTTP requests that a listener upgrades to WebSockets.
 *
 * @param path the only path of WebSockets; empty for any path
 * @param origins the origins of pages that may connect
 * @param subprotocols the subprotocols of the game, by preference; may be empty
 * @param maxRequestLine the maximum length of the first line of a request, which contains
 * the URL of a WebSocket, in bytes
 * @param maxHeaders the maximum total length of the headers of a request, in bytes
 */
public record UpgradeSettings(String path, OriginPolicy origins, List<String> subprotocols, int maxRequestLine,
		int maxHeaders) {

	public UpgradeSettings {
		if (maxRequestLine < 1 || maxHeaders < 1) {
			throw new IllegalArgumentException("A budget must be at least one byte");
		}
	}

	/**
	 * Returns the defaults.
	 * @return any path, pages of this host, no subprotocols, 8 KB for the request line
	 * and 8 KB for the headers
	 */
	public static UpgradeSettings defaults() {
		return new UpgradeSettings("", OriginPolicy.SAME_HOST, List.of(), 8 * 1024, 8 * 1024);
	}

	/**
	 * Returns these settings with other subprotocols.
	 * @param names the subprotocols of the game, by preference
	 * @return new settings
	 */
	public UpgradeSettings withSubprotocols(List<String> names) {
		return new UpgradeSettings(this.path, this.origins, names, this.maxRequestLine, this.maxHeaders);
	}

}
