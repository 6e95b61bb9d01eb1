package io.nanogame.spring;

import io.nanogame.route.Request;
import org.jspecify.annotations.Nullable;

/**
 * Makes the argument of one parameter of one handler from a message.
 */
@FunctionalInterface
public interface ArgumentBinder {

	/**
	 * Makes the argument. Runs where the handler runs, just before it; may block only
	 * when that may.
	 * @param request the message
	 * @return the argument, of the parameter's type
	 * @throws io.nanogame.route.RequestException to answer with an error instead of
	 * calling the handler
	 */
	@Nullable Object bind(Request request);

}
