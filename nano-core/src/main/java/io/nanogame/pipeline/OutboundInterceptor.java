package io.nanogame.pipeline;

import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Receives every outbound response and push, once for each recipient. Runs on the thread
 * that sends, or on the event loop for broadcasts; must not block. A broadcast is encoded
 * once for all recipients for which it is returned unchanged.
 */
@FunctionalInterface
public interface OutboundInterceptor {

	/**
	 * Passes a message on, replaces it or rejects it.
	 * @param session the recipient
	 * @param message the message, with its value and its bytes
	 * @return the message itself to pass it on, or {@link OutboundMessage#withValue
	 * another}; null to reject it: a push is dropped, and a response becomes an error
	 * 500, because every request gets a response. The response to another request is
	 * rejected, too
	 */
	@Nullable OutboundMessage intercept(Session session, OutboundMessage message);

}
