package io.nanogame.observe;

import io.nanogame.protocol.ClientText;
import io.nanogame.protocol.MessageType;
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each message while a developer looks for a bug: session, type, route, id and
 * length, never the payload.
 */
public final class MessageLog implements ServerEvents, MessageObserver {

	private static final Logger log = LoggerFactory.getLogger("io.nanogame.messages");

	@Override
	public MessageObserver messages() {
		return this;
	}

	@Override
	public void received(Session session, MessageType type, long id, String route, int length) {
		log.info("{} -> {} {} #{} {} bytes", session, type, ClientText.printable(route), id, length);
	}

	@Override
	public void sent(Session session, MessageType type, long id, String route, int length) {
		log.info("{} <- {} {} #{} {} bytes", session, type, ClientText.printable(route), id, length);
	}

}
