package io.nanogame.session;

/**
 * Thrown when a session must not be bound to a uid. If a handler does not catch it, the
 * request fails with 403; if a handshake validator does not, the client is rejected. The
 * client receives the message.
 */
public class LoginRefusedException extends RuntimeException {

	/**
	 * Rejects a login.
	 * @param message the reason, for the client
	 */
	public LoginRefusedException(String message) {
		super(message);
	}

}
