package io.nanogame.spring;

import io.nanogame.route.Request;
import org.jspecify.annotations.Nullable;

/**
 * Creates the argument for one parameter of a handler from a message.
 */
@FunctionalInterface
public interface ArgumentBinder {

	/**
	 * Creates the argument. Called on the thread of the handler, before the handler; may
	 * block only if the handler may.
	 * @param request the message
	 * @return the argument, of the parameter's type
	 * @throws io.nanogame.route.RequestException to fail the request instead of calling
	 * the handler
	 */
	@Nullable Object bind(Request request);

}
