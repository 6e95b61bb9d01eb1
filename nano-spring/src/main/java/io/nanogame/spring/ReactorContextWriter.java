package io.nanogame.spring;

import io.nanogame.route.Request;
import reactor.util.context.Context;

/**
 * Tells the {@code Mono}s that handlers return what belongs to their message and not to a
 * thread: who is logged in, a trace, a language. All beans of this type are asked, in
 * their order.
 */
@FunctionalInterface
public interface ReactorContextWriter {

	/**
	 * Adds to the context that the {@code Mono} of a handler is subscribed to with.
	 * Called once for each message with such a handler, on the thread of the handler;
	 * must not block.
	 * @param request the message
	 * @param context what others have written
	 * @return that, and more
	 */
	Context write(Request request, Context context);

}
