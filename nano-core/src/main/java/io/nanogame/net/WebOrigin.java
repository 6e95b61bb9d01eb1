package io.nanogame.net;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Where a page is from, in one spelling: {@code wss://Game.Example/chat} and
 * {@code https://game.example:443} are equal. Immutable.
 *
 * @param scheme in lower case, {@code http} and {@code https} for those of WebSockets
 * @param host in lower case and ASCII; an IPv6 address in its shortest form, without
 * brackets
 * @param port the scheme's own port where none is written; {@link #NO_PORT} where the
 * scheme has none
 */
record WebOrigin(String scheme, String host, int port) {

	private static final int NO_PORT = -1;

	/** The value of {@link Authority#port()} where none is written. */
	private static final int DEFAULT_PORT = -2;

	/**
	 * Reads an origin. A path behind it has no meaning and is left out.
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
	 * Whether a page of this origin is one of the host that it connects to.
	 * @param header the Host header; it names no scheme, so a port that it leaves out is
	 * the one of this origin's scheme
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

	/** Host and port as URLs and the Host header have them. */
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
		 * Browsers send names of other alphabets in this form; people configure the
		 * other.
		 */
		private static String ascii(String text) {
			return text.chars().allMatch((sign) -> sign < 0x80) ? text : IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
		}

		/** Returns {@link #NO_PORT} when the text behind the host is not a port. */
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
