package io.nanogame.pipeline;

import java.util.List;

import io.nanogame.protocol.ClientText;
import io.nanogame.protocol.MessageType;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbound interceptors of a server, in order.
 */
public final class OutboundInterceptors {

	private static final Logger log = LoggerFactory.getLogger(OutboundInterceptors.class);

	private final OutboundInterceptor[] interceptors;

	public OutboundInterceptors(List<OutboundInterceptor> interceptors) {
		this.interceptors = interceptors.toArray(OutboundInterceptor[]::new);
	}

	/**
	 * Applies all interceptors to a message.
	 * @param session the recipient
	 * @param message the message
	 * @return the message to send, or null for none
	 */
	public @Nullable OutboundMessage apply(Session session, OutboundMessage message) {
		OutboundMessage current = message;
		for (OutboundInterceptor interceptor : this.interceptors) {
			OutboundMessage next = apply(interceptor, session, current);
			if (next == null || !isFor(next, message)) {
				return rejected(session, message);
			}
			current = next;
		}
		return (current == message || isWritable(current)) ? current : rejected(session, message);
	}

	/**
	 * Returns whether a message takes the place of another: a push that of a push, and a
	 * response that of the response to the same request.
	 */
	private static boolean isFor(OutboundMessage next, OutboundMessage message) {
		boolean same = next.type() == message.type() && next.id() == message.id()
				&& (message.type() == MessageType.PUSH || next.route().equals(message.route()));
		if (!same) {
			log.error("An outbound interceptor replaced the message for {} by another one; the message is rejected",
					ClientText.printable(message.route()));
		}
		return same;
	}

	/**
	 * Checks here that the value can be written, because no later caller could handle the
	 * failure.
	 */
	private static boolean isWritable(OutboundMessage replaced) {
		try {
			replaced.body();
			return true;
		}
		catch (SerializationException ex) {
			log.error("An outbound interceptor's payload for {} cannot be written; the message is rejected",
					ClientText.printable(replaced.route()), ex);
			return false;
		}
	}

	private static @Nullable OutboundMessage apply(OutboundInterceptor interceptor, Session session,
			OutboundMessage message) {
		try {
			return interceptor.intercept(session, message);
		}
		catch (Throwable ex) {
			log.error("An outbound interceptor failed at {}; the message is rejected",
					ClientText.printable(message.route()), ex);
			return null;
		}
	}

	private static @Nullable OutboundMessage rejected(Session session, OutboundMessage message) {
		if (message.type() != MessageType.RESPONSE) {
			return null;
		}
		return OutboundMessage.error(session, message.id(), message.route(), 500, "answer refused")
			.forClient(message.client());
	}

}
