package io.nanogame.net;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * The definition of a port that clients connect to.
 *
 * @param name unique on a server, for logs and limits
 * @param address the address to listen on; port 0 for any port
 * @param settings the protocols and transports of the port
 * @param tls certificate and key, closed with the server; null for plain text only
 * @param proxies the proxies whose connections begin with a header of the PROXY protocol
 * @param maxConnections the maximum number of clients of this port, in addition to the
 * limits of the server; 0 for no limit
 * @param allowUnauthenticated whether a protocol without
 * {@link io.nanogame.connection.ProtocolTrait#INTRODUCTION} is allowed although there are
 * handshake validators
 */
public record Listener(String name, InetSocketAddress address, ListenerSettings settings, @Nullable Tls tls,
		Networks proxies, int maxConnections, boolean allowUnauthenticated) {

	/** The port of nano's examples. */
	public static final int DEFAULT_PORT = 3250;

	/** Stands for the port of the web app, for protocols with settings of each port. */
	public static final String WEB = "nano.web";

	/** The name of a listener that has no other name. */
	public static final String DEFAULT_NAME = "server";

	public Listener {
		if (maxConnections < 0) {
			throw new IllegalArgumentException("A limit must not be below 0");
		}
	}

	/**
	 * Creates a listener without TLS, proxies and a limit of its own.
	 * @param address the address to listen on; port 0 for any port
	 * @return the only listener of a server
	 */
	public static Listener at(InetSocketAddress address) {
		return new Listener(DEFAULT_NAME, address, ListenerSettings.defaults(), null, Networks.NONE, 0, false);
	}

	/**
	 * Returns the key that configures a listener in a Spring Boot app, for messages.
	 * @param listener the name of the listener
	 * @param setting the last part of the key, such as {@code port}
	 * @return the whole key
	 */
	public static String key(String listener, String setting) {
		return switch (listener) {
			case DEFAULT_NAME -> "nano.server.";
			case WEB -> WEB + ".";
			default -> "nano.listeners." + listener + ".";
		} + setting;
	}

	/**
	 * Returns this listener with another name.
	 * @param otherName unique on a server
	 * @return a new listener
	 */
	public Listener named(String otherName) {
		return new Listener(otherName, this.address, this.settings, this.tls, this.proxies, this.maxConnections,
				this.allowUnauthenticated);
	}

	/**
	 * Returns this listener with other settings.
	 * @param otherSettings the protocols and transports of the port
	 * @return a new listener
	 */
	public Listener with(ListenerSettings otherSettings) {
		return new Listener(this.name, this.address, otherSettings, this.tls, this.proxies, this.maxConnections,
				this.allowUnauthenticated);
	}

	/**
	 * Returns this listener with TLS.
	 * @param serverTls certificate and key, closed with the server
	 * @return a new listener
	 */
	public Listener with(Tls serverTls) {
		return new Listener(this.name, this.address, this.settings, serverTls, this.proxies, this.maxConnections,
				this.allowUnauthenticated);
	}

	/**
	 * Returns this listener behind proxies.
	 * @param trusted the proxies, whose connections must begin with a header of the PROXY
	 * protocol
	 * @return a new listener
	 */
	public Listener behind(Networks trusted) {
		return new Listener(this.name, this.address, this.settings, this.tls, trusted, this.maxConnections,
				this.allowUnauthenticated);
	}

}
