package io.nanogame.session;

/**
 * Thrown when a session is bound to another uid already.
 */
public class SessionAlreadyBoundException extends IllegalStateException {

	SessionAlreadyBoundException(Session session) {
		super("Session " + session.id() + " is bound to another uid already");
	}

}
