package io.nanogame.group;

import io.nanogame.serialize.Payloads;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;

/**
 * What recipients have in common that the same task serves with the same bytes.
 *
 * @param loop carries their output
 * @param payloads write what they receive
 */
record Seating(ConnectionLoop loop, Payloads payloads) {

	static Seating of(Session session) {
		SessionHandle handle = SessionHandle.of(session);
		return new Seating(handle.connection().loop(), handle.fixedPayloads());
	}

}
