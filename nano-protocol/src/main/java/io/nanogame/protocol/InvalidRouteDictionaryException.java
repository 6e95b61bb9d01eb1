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

	private InvalidRouteDictionaryException(String message) {
		super(message);
		this.route = "";
		this.code = 0;
	}

	/**
	 * A dictionary that is too large as a whole.
	 * @param dictionary it, with routes and codes that are legal
	 * @return an exception without a route and with the code 0
	 */
	public static InvalidRouteDictionaryException tooLarge(RouteDictionary dictionary) {
		return new InvalidRouteDictionaryException(
				"Its %d routes make the answer to a handshake longer than the %d bytes of a packet"
					.formatted(dictionary.asMap().size(), PacketDecoder.MAX_BODY_LENGTH));
	}

	/**
	 * The route that was refused.
	 * @return as it was given; empty when none is refused for itself
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
