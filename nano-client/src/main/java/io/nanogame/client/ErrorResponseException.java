package io.nanogame.client;

/**
 * The server answered a request with an error.
 */
public final class ErrorResponseException extends NanoClientException {

	private final String code;

	ErrorResponseException(String route, Object code, String words) {
		super("%s was answered %s: %s".formatted(route, code, words), null);
		this.code = code.toString();
		this.words = words;
	}

	private final String words;

	/**
	 * The code as the server sent it.
	 * @return such as {@code 404}, or pitaya's {@code PIT-404}
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
		return (digits.isEmpty() || digits.length() > 9) ? 0 : Integer.parseInt(digits);
	}

	/**
	 * What the server says.
	 * @return words for a developer, may be empty
	 */
	public String words() {
		return this.words;
	}

}
