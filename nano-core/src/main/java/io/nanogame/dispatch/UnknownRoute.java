package io.nanogame.dispatch;

import java.util.Map;

import io.nanogame.protocol.Message;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiver of messages to unknown routes: requests fail with 404, in their turn.
 */
public final class UnknownRoute implements MessageReceiver {

	private static final Logger log = LoggerFactory.getLogger(UnknownRoute.class);

	@Override
	public void receive(Session session, Message message, Map<String, String> headers, long receivedNanos,
			long deadlineNanos) {
		log.debug("{} sent a {} to an unknown route", session, message.type());
		Refusal.submit(session, message, 404, "no such route", deadlineNanos);
	}

}
