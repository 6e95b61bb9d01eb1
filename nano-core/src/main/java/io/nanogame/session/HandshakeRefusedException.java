package io.nanogame.session;

/**
 * Rejects a client in its handshake.
 */
public class HandshakeRefusedException extends RuntimeException {

	/** The client is too old; pomelo's JavaScript clients know this code. */
	public static final int CLIENT_VERSION = 501;

	/** Any other reason. Clients of pitaya receive pitaya's own code, 400. */
	public static final int REFUSED = 500;

	private final int code;

	public HandshakeRefusedException(String message) {
		this(REFUSED, message);
	}

	/**
	 * Rejects a client.
	 * @param code {@link #REFUSED}, {@link #CLIENT_VERSION} or a code of the game, not
	 * 200
	 * @param message the reason, for the client
	 */
	public HandshakeRefusedException(int code, String message) {
		super(message);
		this.code = code;
	}

	public int code() {
		return this.code;
	}

}
