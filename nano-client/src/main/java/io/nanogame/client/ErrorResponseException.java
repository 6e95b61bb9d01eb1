package io.nanogame.client;

/**
 * The server answered a request with an error. Of the server's own errors, 503 says that
 * the request was not begun and may be sent again; after 408 the outcome is unknown.
 */
public final class ErrorResponseException extends NanoClientException {

	private static final int MAX_DIGITS = 9;

	private final String code;

	private final String words;

	private final byte[] body;

	ErrorResponseException(String route, String code, String words, byte[] body) {
		super("%s was answered %s: %s".formatted(route, code, words), null);
		this.code = code;
		this.words = words;
		this.body = body;
	}

	/**
	 * The code as the server sent it.
	 * @return such as {@code 404}, or pitaya's {@code PIT-404}; empty if there is none
	 */
	public String code() {
		return this.code;
	}

	/**
	 * The number in the code.
	 * @return such as 404; 0 if there is none
	 */
	public int status() {
		String digits = this.code.replaceAll("\\D", "");
		return (digits.isEmpty() || digits.length() > MAX_DIGITS) ? 0 : Integer.parseInt(digits);
	}

	/**
	 * What the server says.
	 * @return words for a developer, may be empty
	 */
	public String words() {
		return this.words;
	}

	/**
	 * The whole answer, for details of the server's own, such as pitaya's
	 * {@code metadata}.
	 * @return as it came, not to be changed
	 */
	public byte[] body() {
		return this.body;
	}

}
