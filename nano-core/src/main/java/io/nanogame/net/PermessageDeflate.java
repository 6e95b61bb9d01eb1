package io.nanogame.net;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.nanogame.connection.CompressionSettings.Method;
import io.nanogame.connection.TransportSettings;
import org.jspecify.annotations.Nullable;

/**
 * Negotiates the WebSocket extension permessage-deflate (RFC 7692, section 7.1). Each
 * message is compressed on its own, in both directions: otherwise each connection would
 * keep a window, and a broadcast would have to be compressed for each client.
 */
public final class PermessageDeflate {

	private static final String NAME = "permessage-deflate";

	private static final String SERVER_BITS = "server_max_window_bits";

	private static final String CLIENT_BITS = "client_max_window_bits";

	private static final String NO_CONTEXTS = "; server_no_context_takeover; client_no_context_takeover";

	private static final Pattern BITS = Pattern.compile("[89]|1[0-5]");

	private PermessageDeflate() {
	}

	/**
	 * Accepts the first acceptable offer of a client. The server always compresses with a
	 * window of 15 bits, so an offer with less is declined.
	 * @param offers the values of the header Sec-WebSocket-Extensions
	 * @param settings the settings of the server
	 * @return the value of that header in the response, or null if messages are not
	 * compressed
	 */
	public static @Nullable String accept(List<String> offers, TransportSettings settings) {
		if (!settings.compression().uses(Method.PERMESSAGE_DEFLATE)
				|| settings.connection().packets().maxInflatedLength() == 0) {
			return null;
		}
		return offers.stream()
			.flatMap((list) -> Arrays.stream(list.split(",")))
			.map(PermessageDeflate::accept)
			.filter((response) -> !response.isEmpty())
			.findFirst()
			.orElse(null);
	}

	/** Returns the response to one offer; empty if it is declined. */
	private static String accept(String offer) {
		String[] parts = offer.split(";", -1);
		if (!parts[0].strip().equalsIgnoreCase(NAME)) {
			return "";
		}
		Map<String, String> parameters = new HashMap<>();
		for (int i = 1; i < parts.length; i++) {
			String[] pair = parts[i].split("=", 2);
			String name = pair[0].strip().toLowerCase(Locale.ROOT);
			String value = (pair.length > 1) ? unquoted(pair[1].strip()) : "";
			if (!isValid(name, value, pair.length > 1) || parameters.put(name, value) != null) {
				return "";
			}
		}
		return NAME + NO_CONTEXTS + (parameters.containsKey(SERVER_BITS) ? "; " + SERVER_BITS + "=15" : "");
	}

	private static String unquoted(String value) {
		boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1) : value;
	}

	private static boolean isValid(String name, String value, boolean hasValue) {
		return switch (name) {
			case "server_no_context_takeover", "client_no_context_takeover" -> !hasValue;
			case SERVER_BITS -> value.equals("15");
			case CLIENT_BITS -> !hasValue || BITS.matcher(value).matches();
			default -> false;
		};
	}

}
