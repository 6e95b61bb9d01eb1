package io.nanogame.sample.chat;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Logs clients in that send a uid, and writes what becomes of them to the log of the
 * node, which outlives its process, for {@link ChatCluster#count}.
 */
@Component
@Profile("crowd")
class Visitors implements HandshakeValidator, SessionListener {

	static final String VALIDATED = "validated";

	static final String BOUND = "bound";

	static final String CLOSED = "closed";

	private static final Logger log = LoggerFactory.getLogger(Visitors.class);

	static void log(String event, Session session, Object detail) {
		log.info("visitor {} {} {}", event, session.uid(), detail);
	}

	@Override
	public void validate(Handshake handshake) {
		String uid = handshake.request().user().path("uid").asString("");
		if (!uid.isEmpty()) {
			log(VALIDATED, handshake.session().bind(uid), handshake.session());
		}
	}

	@Override
	public void bound(Session session) {
		log(BOUND, session, session);
	}

	@Override
	public void closed(Session session, CloseReason reason) {
		log(CLOSED, session, reason.code());
	}

}
