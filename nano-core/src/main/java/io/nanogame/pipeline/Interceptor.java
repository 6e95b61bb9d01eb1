package io.nanogame.pipeline;

import java.util.concurrent.CompletionStage;

import io.nanogame.route.Request;
import org.jspecify.annotations.Nullable;

/**
 * Wraps handlers: receives each message before the handler, and the result after it. The
 * interceptors of a route and their order are fixed at startup; a route without
 * interceptors has no overhead.
 * <p>
 * Runs on the thread of the handler; may block if the handler may.
 */
@FunctionalInterface
public interface Interceptor {

	/**
	 * Passes a message on, changed or not, or replies itself.
	 * <ul>
	 * <li>{@code return next.proceed(request)} passes it on. Before that the payload can
	 * be read and replaced, as bytes or as the handler's value. Process the result with
	 * {@code thenApply} and the like; for a handler that returned a plain value the stage
	 * is already complete.
	 * <li>{@code return CompletableFuture.completedFuture(reply)} replies without calling
	 * the handler.
	 * <li>{@code throw new RequestException(code, message)} fails the request.
	 * </ul>
	 * @param request the message
	 * @param next the inner interceptors and the handler
	 * @return the payload of the response
	 * @throws Exception treated as if the handler had thrown it
	 */
	CompletionStage<@Nullable Object> intercept(Request request, Next next) throws Exception;

	/**
	 * The inner interceptors and the handler.
	 */
	@FunctionalInterface
	interface Next {

		/**
		 * Passes the message on. Never throws.
		 * @param request the message
		 * @return the result, or the failure
		 */
		CompletionStage<@Nullable Object> proceed(Request request);

	}

}
