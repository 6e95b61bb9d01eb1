package io.nanogame.route;

import org.jspecify.annotations.Nullable;

/**
 * Turns exceptions of the game into error answers, so that handlers can throw what they
 * throw anyway. Asked in order, the first that knows the exception decides; what nobody
 * knows is answered 500 and logged.
 */
@FunctionalInterface
public interface ErrorMapper {

	/**
	 * Maps an exception. Any thread.
	 * @param failure what a handler threw, without the wrapping of completion stages
	 * @return the answer, or null when this mapper does not know it
	 */
	@Nullable RequestException map(Throwable failure);

	/**
	 * Maps an exception, for mappers to whom it matters whose message it was. Any thread.
	 * @param failure as for {@link #map(Throwable)}
	 * @param request the message that could not be handled
	 * @return by default what {@link #map(Throwable)} returns
	 */
	default @Nullable RequestException map(Throwable failure, Request request) {
		return map(failure);
	}

}
