package io.nanogame.session;

/**
 * A session may not be bound to a uid. Left alone in a handler it answers the request
 * with an error 403, in a handshake validator it refuses the client; its message is for
 * the client's eyes.
 */
public class LoginRefusedException extends RuntimeException {

	/**
	 * Refuses a login.
	 * @param message the reason, for the client's eyes
	 */
	public LoginRefusedException(String message) {
		super(message);
	}

}
