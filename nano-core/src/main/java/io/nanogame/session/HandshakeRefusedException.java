package io.nanogame.session;

/**
 * Turns a client away in its handshake.
 */
public class HandshakeRefusedException extends RuntimeException {

	/** The client is too old; pomelo's JavaScript clients know this code. */
	public static final int CLIENT_VERSION = 501;

	/** Any other reason. Clients of pitaya are told its own code, 400. */
	public static final int REFUSED = 500;

	private final int code;

	public HandshakeRefusedException(String words) {
		this(REFUSED, words);
	}

	/**
	 * Turns a client away.
	 * @param code {@link #REFUSED}, {@link #CLIENT_VERSION} or a code of your own, not
	 * 200
	 * @param words why, for the client's eyes
	 */
	public HandshakeRefusedException(int code, String words) {
		super(words);
		this.code = code;
	}

	public int code() {
		return this.code;
	}

}
