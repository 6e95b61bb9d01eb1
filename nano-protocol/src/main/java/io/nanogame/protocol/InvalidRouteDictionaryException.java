package io.nanogame.protocol;

/**
 * A route dictionary cannot be what was asked for. The message names the route, the code
 * and what is legal.
 */
public final class InvalidRouteDictionaryException extends IllegalArgumentException {

	private final String route;

	private final int code;

	InvalidRouteDictionaryException(String route, int code, String complaint) {
		super("Route \"%s\" with code %d: %s".formatted(route, code, complaint));
		this.route = route;
		this.code = code;
	}

	/**
	 * The route that was refused.
	 * @return as it was given
	 */
	public String route() {
		return route;
	}

	/**
	 * The code that was given to it.
	 * @return as it was given
	 */
	public int code() {
		return code;
	}

}
