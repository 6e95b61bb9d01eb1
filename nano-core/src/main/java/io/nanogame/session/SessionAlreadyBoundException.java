package io.nanogame.session;

/**
 * The session has another uid already.
 */
public class SessionAlreadyBoundException extends IllegalStateException {

	SessionAlreadyBoundException(Session session) {
		super("Session " + session.id() + " is bound to another uid already");
	}

}
