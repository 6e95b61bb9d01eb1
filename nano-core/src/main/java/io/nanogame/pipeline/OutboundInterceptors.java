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
	 * Sends a message through all of them.
	 * @param session who gets it
	 * @param message the message
	 * @return what to send, or null for nothing
	 */
	public @Nullable OutboundMessage apply(Session session, OutboundMessage message) {
		OutboundMessage current = message;
		for (OutboundInterceptor interceptor : this.interceptors) {
			OutboundMessage next = apply(interceptor, session, current);
			if (next == null) {
				return refused(session, message);
			}
			current = next;
		}
		return (current == message || isWritable(current)) ? current : refused(session, message);
	}

	/** Nobody behind an interceptor can do anything about a value that is not. */
	private static boolean isWritable(OutboundMessage replaced) {
		try {
			replaced.body();
			return true;
		}
		catch (SerializationException ex) {
			log.error("An outbound interceptor's payload for {} cannot be written; the message is refused",
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
			log.error("An outbound interceptor failed at {}; the message is refused",
					ClientText.printable(message.route()), ex);
			return null;
		}
	}

	private static @Nullable OutboundMessage refused(Session session, OutboundMessage message) {
		if (message.type() != MessageType.RESPONSE) {
			return null;
		}
		return OutboundMessage.error(session, message.id(), message.route(), 500, "answer refused");
	}

}
