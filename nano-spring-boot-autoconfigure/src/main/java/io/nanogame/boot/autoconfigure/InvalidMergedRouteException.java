package io.nanogame.boot.autoconfigure;

/**
 * Thrown when the pushes of a route cannot be merged for a serializer in use.
 */
public final class InvalidMergedRouteException extends IllegalStateException {

	private final String action;

	/**
	 * Creates the exception.
	 * @param problem a sentence without a full stop
	 * @param action a sentence
	 */
	InvalidMergedRouteException(String problem, String action) {
		super(problem);
		this.action = action;
	}

	/**
	 * Returns the solution.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
