package io.nanogame.route;

import org.jspecify.annotations.Nullable;

/**
 * Handles the messages of a route.
 */
@FunctionalInterface
public interface RouteHandler {

	/**
	 * Handles one message, on the executor of its {@link Route}.
	 * @param request the message
	 * @return the payload of the response, a {@link java.util.concurrent.CompletionStage}
	 * of it, or null for the empty payload of the serializer; the result of a notify is
	 * dropped
	 * @throws RequestException to fail with its code and message
	 * @throws Exception to fail with 500; the message of the exception is not sent to the
	 * client
	 */
	@Nullable Object handle(Request request) throws Exception;

}
