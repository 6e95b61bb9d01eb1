package io.nanogame.cli.input;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The ids of a server of the protocol {@code length-id}.
 *
 * @param routes the ids of handlers and pushes, by route
 * @param errorId the id of errors; {@code null} if the server has none
 */
public record LengthIds(Map<String, Long> routes, @Nullable Long errorId) {

	public LengthIds {
		routes = Map.copyOf(routes);
	}

}
