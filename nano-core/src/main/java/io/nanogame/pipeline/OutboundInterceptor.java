package io.nanogame.pipeline;

import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Sees every response and push that leaves, once for each client it goes to. Runs on the
 * thread that sends, or on the event loop for broadcasts; must not block. A broadcast is
 * encoded once for all for whom it is returned as it is.
 */
@FunctionalInterface
public interface OutboundInterceptor {

	/**
	 * Lets a message pass, replaces or refuses it.
	 * @param session who gets it
	 * @param message the message, with its value and its bytes
	 * @return the message itself to let it pass, or {@link OutboundMessage#withValue
	 * another}; null to refuse a push, which is dropped, or a response, which becomes an
	 * error 500, because a request is always answered
	 */
	@Nullable OutboundMessage intercept(Session session, OutboundMessage message);

}
