package io.nanogame.protocol;

/**
 * Thrown when routes and codes do not form a valid dictionary. The message names the
 * route, the code and the legal values.
 */
public final class InvalidRouteDictionaryException extends IllegalArgumentException {

	private final String route;

	private final int code;

	InvalidRouteDictionaryException(String route, int code, String problem) {
		super("Route \"%s\" with code %d: %s".formatted(route, code, problem));
		this.route = route;
		this.code = code;
	}

	private InvalidRouteDictionaryException(String message) {
		super(message);
		this.route = "";
		this.code = 0;
	}

	/**
	 * Creates an exception for a dictionary that is too large as a whole.
	 * @param dictionary the dictionary; its routes and codes are legal
	 * @return an exception without a route and with the code 0
	 */
	public static InvalidRouteDictionaryException tooLarge(RouteDictionary dictionary) {
		return new InvalidRouteDictionaryException(
				"Its %d routes make the reply to a handshake longer than the %d bytes of a packet"
					.formatted(dictionary.asMap().size(), PacketDecoder.MAX_BODY_LENGTH));
	}

	/**
	 * Returns the invalid route.
	 * @return the route as it was given; empty when no single route is invalid
	 */
	public String route() {
		return route;
	}

	/**
	 * Returns the code that was given for the route.
	 * @return the code as it was given; 0 when no single route is invalid
	 */
	public int code() {
		return code;
	}

}
