package io.nanogame.route;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler to fail a request with an error that the client receives:
 * <code>{"code": …, "msg": …}</code>. For a notify it is only logged.
 */
public class RequestException extends RuntimeException {

	private final int code;

	/**
	 * Creates an error reply.
	 * @param code an HTTP-like status, such as 400 or 403
	 * @param message the message for the developer of the client
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
	 * Returns the message for the client.
	 * @return the message; empty if there is none
	 */
	public String message() {
		String message = getMessage();
		return (message != null) ? message : "";
	}

}
