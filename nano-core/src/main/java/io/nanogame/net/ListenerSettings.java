package io.nanogame.net;

import java.util.List;

/**
 * The protocols and transports of one port.
 *
 * @param protocols the names of the protocols that clients may use, at least one
 * @param tcp whether packets are accepted on the bare socket
 * @param webSocket whether WebSockets are accepted
 * @param upgrade the requests for WebSockets
 */
public record ListenerSettings(List<String> protocols, boolean tcp, boolean webSocket, UpgradeSettings upgrade) {

	public ListenerSettings {
		if (protocols.isEmpty()) {
			throw new IllegalArgumentException("A listener serves at least one protocol");
		}
		if (!tcp && !webSocket) {
			throw new IllegalArgumentException("TCP and WebSocket are both switched off; leave one of them on");
		}
	}

	/**
	 * Returns these settings with other protocols.
	 * @param names the names of the protocols, at least one
	 * @return new settings
	 */
	public ListenerSettings withProtocols(List<String> names) {
		return new ListenerSettings(names, this.tcp, this.webSocket, this.upgrade);
	}

	/**
	 * Returns these settings for WebSockets only.
	 * @return new settings
	 */
	ListenerSettings withoutTcp() {
		return new ListenerSettings(this.protocols, false, this.webSocket, this.upgrade);
	}

	/**
	 * Returns these settings with other requests for WebSockets.
	 * @param requests what is required of the requests
	 * @return new settings
	 */
	public ListenerSettings with(UpgradeSettings requests) {
		return new ListenerSettings(this.protocols, this.tcp, this.webSocket, requests);
	}

	/**
	 * Returns the defaults.
	 * @return pomelo on TCP and WebSocket, with the defaults of {@link UpgradeSettings}
	 */
	public static ListenerSettings defaults() {
		return new ListenerSettings(List.of("pomelo"), true, true, UpgradeSettings.defaults());
	}

}
