package io.nanogame.spring;

import io.nanogame.route.Request;
import reactor.util.context.Context;

/**
 * Adds data of a message, such as its principal, trace or locale, to the Reactor context
 * of the {@code Mono} that a handler returns. All beans of this type are called, in their
 * order.
 */
@FunctionalInterface
public interface ReactorContextWriter {

	/**
	 * Adds to the context that the {@code Mono} of a handler is subscribed to with.
	 * Called once for each message with such a handler, on the thread of the handler;
	 * must not block.
	 * @param request the message
	 * @param context the context, as other writers have left it
	 * @return the context with additions
	 */
	Context write(Request request, Context context);

}
