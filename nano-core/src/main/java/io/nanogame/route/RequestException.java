package io.nanogame.route;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler to answer a request with an error the client is meant to see:
 * <code>{"code": …, "msg": …}</code>. A notify that ends so is only logged.
 */
public class RequestException extends RuntimeException {

	private final int code;

	/**
	 * An error answer.
	 * @param code an HTTP-like status, such as 400 or 403
	 * @param message words for the developer of the client
	 */
	public RequestException(int code, String message) {
		this(code, message, null);
	}

	public RequestException(int code, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.code = code;
	}

	public int code() {
		return this.code;
	}

	/**
	 * The words the client is given.
	 * @return never null
	 */
	public String words() {
		String message = getMessage();
		return (message != null) ? message : "";
	}

}
