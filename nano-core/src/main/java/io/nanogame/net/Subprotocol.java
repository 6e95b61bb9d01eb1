package io.nanogame.net;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Chooses the subprotocol of a WebSocket. It has no meaning for this server, but perhaps
 * for the game, and a browser closes the connection unless the response names one of
 * those that its page has requested.
 */
public final class Subprotocol {

	private Subprotocol() {
	}

	/**
	 * Chooses the first subprotocol of the game that the client has requested; if it has
	 * requested none of these, the first that it has requested.
	 * @param requested the values of the header Sec-WebSocket-Protocol, each a list
	 * separated by commas
	 * @param known the subprotocols of the game, by preference; may be empty
	 * @return one of the requested subprotocols, or null when there is none
	 */
	public static @Nullable String choose(List<String> requested, List<String> known) {
		List<String> names = requested.stream()
			.flatMap((list) -> Arrays.stream(list.split(",")))
			.map(String::strip)
			.filter((name) -> !name.isEmpty())
			.toList();
		return Stream.concat(known.stream().filter(names::contains), names.stream()).findFirst().orElse(null);
	}

}
