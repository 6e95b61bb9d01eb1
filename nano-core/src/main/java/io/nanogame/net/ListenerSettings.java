package io.nanogame.net;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The clients of one port: their protocols, transports and addresses.
 *
 * @param protocols the names of the protocols that clients may use, at least one
 * @param tcp whether packets are accepted on the bare socket
 * @param webSocket whether WebSockets are accepted
 * @param upgrade the requests for WebSockets
 * @param addresses the addresses that may connect
 * @param keepAlive the probes of TCP, or null for none
 */
public record ListenerSettings(List<String> protocols, boolean tcp, boolean webSocket, UpgradeSettings upgrade,
		AddressPolicy addresses, @Nullable KeepAlive keepAlive) {

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
		return new ListenerSettings(names, this.tcp, this.webSocket, this.upgrade, this.addresses, this.keepAlive);
	}

	/**
	 * Returns these settings with other transports.
	 * @param onTcp whether packets are accepted on the bare socket
	 * @param onWebSocket whether WebSockets are accepted
	 * @return new settings
	 */
	public ListenerSettings withTransports(boolean onTcp, boolean onWebSocket) {
		return new ListenerSettings(this.protocols, onTcp, onWebSocket, this.upgrade, this.addresses, this.keepAlive);
	}

	/**
	 * Returns these settings with other requests for WebSockets.
	 * @param requests what is required of the requests
	 * @return new settings
	 */
	public ListenerSettings with(UpgradeSettings requests) {
		return new ListenerSettings(this.protocols, this.tcp, this.webSocket, requests, this.addresses, this.keepAlive);
	}

	/**
	 * Returns these settings with other addresses.
	 * @param clients the addresses that may connect
	 * @return new settings
	 */
	public ListenerSettings with(AddressPolicy clients) {
		return new ListenerSettings(this.protocols, this.tcp, this.webSocket, this.upgrade, clients, this.keepAlive);
	}

	/**
	 * Returns these settings with TCP keepalive.
	 * @param probes the probes of TCP
	 * @return new settings
	 */
	public ListenerSettings with(KeepAlive probes) {
		return new ListenerSettings(this.protocols, this.tcp, this.webSocket, this.upgrade, this.addresses, probes);
	}

	/**
	 * Returns the defaults.
	 * @return pomelo on TCP and WebSocket, for all addresses, with the defaults of
	 * {@link UpgradeSettings} and without keepalive
	 */
	public static ListenerSettings defaults() {
		return new ListenerSettings(List.of("pomelo"), true, true, UpgradeSettings.defaults(), AddressPolicy.ALL, null);
	}

}
