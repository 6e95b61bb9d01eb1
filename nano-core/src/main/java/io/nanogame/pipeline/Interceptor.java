package io.nanogame.pipeline;

import java.util.concurrent.CompletionStage;

import io.nanogame.route.Request;
import org.jspecify.annotations.Nullable;

/**
 * Stands around handlers, like a layer of an onion: sees each message on its way in, and
 * the result on its way out. Which ones stand around a route, and in what order, is
 * decided at startup; a route with none pays nothing.
 * <p>
 * Runs where the handler runs: it may block when the handler may.
 */
@FunctionalInterface
public interface Interceptor {

	/**
	 * Handles a message by letting it pass, changed or not, or by ending it here.
	 * <ul>
	 * <li>{@code return next.proceed(request)} lets it pass. Before that the payload can
	 * be looked at and replaced, as bytes or as the handler's value. Work on the result
	 * with {@code thenApply} and the like; for a handler that returned a plain value the
	 * stage is complete already.
	 * <li>{@code return CompletableFuture.completedFuture(answer)} ends it with an answer
	 * of its own.
	 * <li>{@code throw new RequestException(code, words)} ends it with an error.
	 * </ul>
	 * @param request the message
	 * @param next the rest of the onion
	 * @return the payload of the response
	 * @throws Exception answered as if the handler had thrown it
	 */
	CompletionStage<@Nullable Object> intercept(Request request, Next next) throws Exception;

	/**
	 * The layers further in, and the handler.
	 */
	@FunctionalInterface
	interface Next {

		/**
		 * Goes on.
		 * @param request the message
		 * @return the result; never throws, a failure is in the stage
		 */
		CompletionStage<@Nullable Object> proceed(Request request);

	}

}
