package io.nanogame.connection;

import io.nanogame.protocol.ClientText;
import io.nanogame.protocol.MessageType;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each message while somebody looks for a bug: session, type, route, id and length,
 * never what is in it.
 */
final class MessageLog {

	private static final Logger log = LoggerFactory.getLogger("io.nanogame.messages");

	private final boolean on;

	MessageLog(boolean on) {
		this.on = on;
	}

	void received(Session session, MessageType type, long id, String route, int length) {
		if (this.on) {
			log.info("{} -> {} {} #{} {} bytes", session, type, ClientText.printable(route), id, length);
		}
	}

	void sent(Session session, OutboundMessage message) {
		if (this.on) {
			log.info("{} <- {} {} #{} {} bytes", session, message.type(), ClientText.printable(message.route()),
					message.id(), message.body().length);
		}
	}

}
