package io.nanogame.client;

/**
 * Thrown when the server replies to a request with an error. Of the server's own errors,
 * 503 means that the handler has not begun, so the request may be sent again; after 408
 * the outcome is unknown.
 */
public final class ErrorResponseException extends NanoClientException {

	private static final int MAX_DIGITS = 9;

	private final String code;

	private final String serverMessage;

	private final byte[] body;

	ErrorResponseException(String route, String code, String serverMessage, byte[] body) {
		super("%s was answered %s: %s".formatted(route, code, serverMessage), null);
		this.code = code;
		this.serverMessage = serverMessage;
		this.body = body;
	}

	/**
	 * Returns the code as the server sent it.
	 * @return such as {@code 404}, or pitaya's {@code PIT-404}; empty if there is none
	 */
	public String code() {
		return this.code;
	}

	/**
	 * Returns the number in the code.
	 * @return such as 404; 0 if there is none
	 */
	public int status() {
		String digits = this.code.replaceAll("\\D", "");
		return (digits.isEmpty() || digits.length() > MAX_DIGITS) ? 0 : Integer.parseInt(digits);
	}

	/**
	 * Returns the server's error message.
	 * @return meant for developers, may be empty
	 */
	public String serverMessage() {
		return this.serverMessage;
	}

	/**
	 * Returns the whole response body, for details that only some servers send, such as
	 * pitaya's {@code metadata}.
	 * @return the bytes as received; must not be modified
	 */
	public byte[] body() {
		return this.body;
	}

}
