package io.nanogame.connection;

import io.nanogame.session.Connection;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;

/**
 * Output that reaches a connection when its session has moved to another server.
 */
final class FormerOutput {

	private FormerOutput() {
	}

	/**
	 * Sends a message by the present connection of a session, if it has another one than
	 * before. Thread-safe.
	 * @param former the output of its former connection
	 */
	static void passOn(OutboundQueue former, Session session, OutboundMessage message) {
		Connection present = SessionHandle.own(session).connection();
		boolean hasMoved = !(present instanceof CarriedConnection own) || own.outbound() != former;
		if (session.isOpen() && hasMoved) {
			present.send(message);
		}
	}

}
