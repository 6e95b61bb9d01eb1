package io.nanogame.net;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a page, in normal form: {@code wss://Game.Example/chat} and
 * {@code https://game.example:443} are equal. Immutable.
 *
 * @param scheme in lower case, {@code http} and {@code https} for those of WebSockets
 * @param host in lower case and ASCII; an IPv6 address in its shortest form, without
 * brackets
 * @param port the scheme's default if omitted; {@link #NO_PORT} if the scheme has none
 */
record WebOrigin(String scheme, String host, int port) {

	private static final int NO_PORT = -1;

	/** The value of {@link Authority#port()} when it is omitted. */
	private static final int DEFAULT_PORT = -2;

	/**
	 * Parses an origin. A path after it is ignored.
	 * @param text such as {@code https://game.example}
	 * @return the origin, or null when it names no host, as {@code null} does
	 */
	static @Nullable WebOrigin parse(String text) {
		int end = text.indexOf("://");
		if (end <= 0) {
			return null;
		}
		Authority authority = Authority.parse(withoutPath(text.substring(end + 3)));
		if (authority == null) {
			return null;
		}
		String scheme = scheme(text.substring(0, end));
		return new WebOrigin(scheme, authority.host, authority.portOf(scheme));
	}

	/**
	 * Returns whether a page of this origin belongs to the host that it connects to.
	 * @param header the Host header; it names no scheme, so the default of an omitted
	 * port depends on this origin's scheme
	 * @return false also when the header names no host
	 */
	boolean isOf(String header) {
		Authority authority = Authority.parse(header);
		return authority != null && authority.host.equals(this.host) && authority.portOf(this.scheme) == this.port;
	}

	private static String withoutPath(String text) {
		for (int i = 0; i < text.length(); i++) {
			if ("/?#".indexOf(text.charAt(i)) >= 0) {
				return text.substring(0, i);
			}
		}
		return text;
	}

	private static String scheme(String text) {
		String scheme = text.toLowerCase(Locale.ROOT);
		return switch (scheme) {
			case "ws" -> "http";
			case "wss" -> "https";
			default -> scheme;
		};
	}

	/** Host and port, as in URLs and in the Host header. */
	private record Authority(String host, int port) {

		static @Nullable Authority parse(String text) {
			int hostEnd = text.startsWith("[") ? text.indexOf(']') + 1 : hostEnd(text);
			String host = host(text.substring(0, hostEnd));
			int port = port(text.substring(hostEnd));
			return (host == null || port == NO_PORT) ? null : new Authority(host, port);
		}

		private static int hostEnd(String text) {
			int colon = text.indexOf(':');
			return (colon >= 0) ? colon : text.length();
		}

		private static @Nullable String host(String text) {
			if (text.isEmpty() || text.indexOf('@') >= 0) {
				return null;
			}
			if (text.startsWith("[")) {
				InetAddress address = NetUtil.createInetAddressFromIpAddressString(text);
				return (address != null) ? NetUtil.toAddressString(address) : null;
			}
			try {
				return ascii(text).toLowerCase(Locale.ROOT);
			}
			catch (IllegalArgumentException ex) {
				return null;
			}
		}

		/**
		 * Converts international names to the form that browsers send.
		 */
		private static String ascii(String text) {
			return text.chars().allMatch((character) -> character < 0x80) ? text
					: IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
		}

		/** Returns {@link #NO_PORT} when the text after the host is not a port. */
		private static int port(String text) {
			if (text.isEmpty() || text.equals(":")) {
				return DEFAULT_PORT;
			}
			if (!text.matches(":[0-9]{1,5}")) {
				return NO_PORT;
			}
			int port = Integer.parseInt(text, 1, text.length(), 10);
			return (port <= 0xFFFF) ? port : NO_PORT;
		}

		int portOf(String scheme) {
			if (this.port != DEFAULT_PORT) {
				return this.port;
			}
			return switch (scheme) {
				case "http" -> 80;
				case "https" -> 443;
				default -> NO_PORT;
			};
		}

	}

}
