package io.nanogame.cli;

import java.util.LinkedHashMap;
import java.util.Map;

import io.nanogame.cli.input.LengthIds;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The arguments for the protocol {@code length-id}. */
final class LengthIdArguments {

	/** Ids by route; an id without a route is a key with an empty value. */
	@Option(names = "--length-id", required = true, split = ",", mapFallbackValue = "", paramLabel = "ROUTE=ID",
			description = "use the protocol length-id, with these ids of routes; such as greeting.greet=7,onWelcome=12; "
					+ "an id without a route is its own route")
	private Map<String, String> ids = Map.of();

	@Option(names = "--error-id", paramLabel = "ID", description = "the server's id of errors, for length-id")
	private @Nullable Long errorId;

	/**
	 * Returns the ids.
	 * @throws IllegalArgumentException if one is not a number; the message is meant for
	 * the user
	 */
	LengthIds lengthIds() {
		Map<String, Long> routes = new LinkedHashMap<>();
		this.ids.forEach((route, id) -> routes.put(route, parse(id.isEmpty() ? route : id)));
		return new LengthIds(routes, this.errorId);
	}

	private static Long parse(String id) {
		try {
			return Long.valueOf(id);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("%s is not an id: it is written 7 or room.join=7".formatted(id), ex);
		}
	}

}
