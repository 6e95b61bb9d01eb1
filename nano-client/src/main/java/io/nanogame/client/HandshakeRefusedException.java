package io.nanogame.client;

/**
 * The server does not let the client in. It is not asked again.
 */
public final class HandshakeRefusedException extends NanoClientException {

	private final int code;

	private final String words;

	HandshakeRefusedException(int code, String words) {
		super("The server refused the handshake with %d: %s".formatted(code, words), null);
		this.code = code;
		this.words = words;
	}

	/**
	 * Why, as a number.
	 * @return such as 500, or 501 for a client that is too old
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Why, in words.
	 * @return what the server says, may be empty
	 */
	public String words() {
		return this.words;
	}

}
