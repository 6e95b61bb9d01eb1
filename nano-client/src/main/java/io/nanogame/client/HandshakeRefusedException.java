package io.nanogame.client;

/**
 * Thrown when the server rejects the handshake. The client does not try again.
 */
public final class HandshakeRefusedException extends NanoClientException {

	private final int code;

	private final String serverMessage;

	HandshakeRefusedException(int code, String serverMessage) {
		super("The server refused the handshake with %d: %s".formatted(code, serverMessage), null);
		this.code = code;
		this.serverMessage = serverMessage;
	}

	/**
	 * Returns the server's error code.
	 * @return such as 500, or 501 for a client that is too old
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Returns the server's error message.
	 * @return may be empty
	 */
	public String serverMessage() {
		return this.serverMessage;
	}

}
