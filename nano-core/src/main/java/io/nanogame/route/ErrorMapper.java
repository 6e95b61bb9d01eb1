package io.nanogame.route;

import org.jspecify.annotations.Nullable;

/**
 * Maps exceptions of handlers to error replies, so that handlers need not catch them.
 * Mappers are called in order, and the first result is used. If no mapper returns one,
 * the request fails with 500 and the exception is logged. Must be thread-safe.
 */
@FunctionalInterface
public interface ErrorMapper {

	/**
	 * Maps an exception.
	 * @param failure the exception of a handler, unwrapped from completion exceptions
	 * @return the error reply, or null to leave the exception to the next mapper
	 */
	@Nullable RequestException map(Throwable failure);

	/**
	 * Maps an exception, with access to the message. Implement this method if the result
	 * depends on the session or the route.
	 * @param failure as for {@link #map(Throwable)}
	 * @param request the message whose handler failed
	 * @return by default the result of {@link #map(Throwable)}
	 */
	default @Nullable RequestException map(Throwable failure, Request request) {
		return map(failure);
	}

}
