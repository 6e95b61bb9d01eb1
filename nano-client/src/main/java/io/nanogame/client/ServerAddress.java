package io.nanogame.client;

import java.net.URI;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a server. {@link URI} accepts only host names that are valid in the DNS;
 * this class accepts those of Docker and {@code /etc/hosts}, too, such as
 * {@code game_server}.
 *
 * @param scheme {@code tcp}, {@code tls}, {@code ws} or {@code wss}
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port 1 to 65535, or -1 for the default of the scheme
 * @param path path and query of a WebSocket, at least {@code /}
 */
record ServerAddress(String scheme, String host, int port, String path) {

	private static final Set<String> SCHEMES = Set.of("tcp", "tls", "ws", "wss");

	private static final int MAX_PORT = 65535;

	/** User info before an at sign is ignored. */
	private static final Pattern AUTHORITY = Pattern
		.compile("(?:[^@]*@)?([\\w.-]+|\\[[0-9A-Fa-f:.%\\w]+])(?::(\\d{1,5}))?");

	/**
	 * Parses an address.
	 * @param text such as {@code ws://game_server:8080/nano}
	 * @return the address
	 * @throws IllegalArgumentException if the text is not an address, or if the
	 * certificate of its host could not be verified
	 */
	static ServerAddress of(String text) {
		URI uri = URI.create(text);
		Matcher authority = AUTHORITY.matcher((uri.getRawAuthority() != null) ? uri.getRawAuthority() : "");
		int port = authority.matches() && authority.group(2) != null ? Integer.parseInt(authority.group(2)) : -1;
		if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme()) || !authority.matches() || port == 0
				|| port > MAX_PORT) {
			throw new IllegalArgumentException(
					"A server is tcp://host:port, tls://host:port, ws://host:port/path or wss://host:port/path, not "
							+ text);
		}
		if (uri.getScheme().equals("wss") && uri.getHost() == null) {
			throw new IllegalArgumentException("No certificate can be valid for this host name: " + text);
		}
		return new ServerAddress(uri.getScheme(), authority.group(1).replaceAll("[\\[\\]]", ""), port, path(uri));
	}

	private static String path(URI uri) {
		String path = (uri.getRawPath() == null || uri.getRawPath().isEmpty()) ? "/" : uri.getRawPath();
		return (uri.getRawQuery() != null) ? path + "?" + uri.getRawQuery() : path;
	}

	boolean isWebSocket() {
		return this.scheme.startsWith("ws");
	}

	boolean isTls() {
		return this.scheme.equals("tls") || this.scheme.equals("wss");
	}

	/**
	 * Returns whether Netty can build a URI with the host, as it does for a WebSocket.
	 */
	boolean isValidUriHost() {
		return this.host.contains(":") || URI.create("ws://" + this.host).getHost() != null;
	}

	/** Returns the {@code Host} header of a WebSocket upgrade request. */
	String hostAndPort() {
		return (this.port >= 0) ? this.host + ":" + this.port : this.host;
	}

	/**
	 * Returns the port to connect to.
	 * @param defaultPort the game port, the default of {@code tcp} and {@code tls}
	 */
	int portOr(int defaultPort) {
		if (this.port >= 0) {
			return this.port;
		}
		return isWebSocket() ? (isTls() ? 443 : 80) : defaultPort;
	}

}
