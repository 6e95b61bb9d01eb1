package io.nanogame.route;

import org.jspecify.annotations.Nullable;

/**
 * What happens with the messages of a route.
 */
@FunctionalInterface
public interface RouteHandler {

	/**
	 * Handles one message. Runs where its {@link Route} says.
	 * @param request the message
	 * @return the payload of the response, a {@link java.util.concurrent.CompletionStage}
	 * of it, or null to answer with nothing in particular; what a notify returns is
	 * dropped
	 * @throws RequestException to answer with an error of its own
	 * @throws Exception to answer 500; the message stays on the server
	 */
	@Nullable Object handle(Request request) throws Exception;

}
