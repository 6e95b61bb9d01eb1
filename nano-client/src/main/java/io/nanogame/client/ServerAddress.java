package io.nanogame.client;

import java.net.URI;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server is. {@link URI} takes host names as the DNS wants them; here a host may
 * be called anything that Docker or an {@code /etc/hosts} may call it, such as
 * {@code game_server}.
 *
 * @param scheme {@code tcp}, {@code tls}, {@code ws} or {@code wss}
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port 1 to 65535, or -1 for the usual one of the scheme
 * @param path path and query of a WebSocket, at least {@code /}
 */
record ServerAddress(String scheme, String host, int port, String path) {

	private static final Set<String> SCHEMES = Set.of("tcp", "tls", "ws", "wss");

	private static final int MAX_PORT = 65535;

	/** What is before an at sign is for whoever wants it, which we do not. */
	private static final Pattern AUTHORITY = Pattern
		.compile("(?:[^@]*@)?([\\w.-]+|\\[[0-9A-Fa-f:.%\\w]+])(?::(\\d{1,5}))?");

	/**
	 * Reads an address.
	 * @param text such as {@code ws://game_server:8080/nano}
	 * @return the address
	 * @throws IllegalArgumentException if it is none, or names a host whose certificate
	 * cannot be checked
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
			throw new IllegalArgumentException("No certificate is for a host of this name: " + text);
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

	/** Whether Netty can make a URI of the host, as it does for a WebSocket. */
	boolean isHostOfUri() {
		return this.host.contains(":") || URI.create("ws://" + this.host).getHost() != null;
	}

	/** What stands in the header of a request for a WebSocket. */
	String hostAndPort() {
		return (this.port >= 0) ? this.host + ":" + this.port : this.host;
	}

	/**
	 * The port to connect to.
	 * @param usual the one of a game's own port, which TCP has
	 */
	int portOr(int usual) {
		if (this.port >= 0) {
			return this.port;
		}
		return isWebSocket() ? (isTls() ? 443 : 80) : usual;
	}

}
