package io.nanogame.group;

import io.nanogame.serialize.Payloads;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;

/**
 * The key by which recipients of a push are grouped: those with the same key are served
 * by one task, with a value that is serialised once.
 *
 * @param loop the loop of their connections
 * @param payloads the payloads of their sessions
 */
record DeliveryKey(ConnectionLoop loop, Payloads payloads) {

	static DeliveryKey of(Session session) {
		SessionHandle handle = SessionHandle.of(session);
		return new DeliveryKey(handle.connection().loop(), handle.fixedPayloads());
	}

}
