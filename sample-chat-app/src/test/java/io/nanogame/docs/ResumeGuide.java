package io.nanogame.docs;

import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.Introduction;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;

import org.springframework.stereotype.Component;

// tag::listener[]
@Component
class AwayMarks implements SessionListener {

	@Override
	public void detached(Session session, CloseReason reason) {
		session.attributes().set("away", true); // the others see a grey name
	}

	@Override
	public void resumed(Session session) {
		session.attributes().remove("away");
	}

}
// end::listener[]

// tag::resuming[]
@Component
class ClientVersions implements SessionListener {

	@Override
	public void resuming(Session session, Introduction introduction) { // may block
		if (introduction.client().version().equals("0.9.0")) {
			throw new HandshakeRefusedException(HandshakeRefusedException.CLIENT_VERSION, "please update");
		}
	}

}
// end::resuming[]
