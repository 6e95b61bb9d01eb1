package io.nanogame.route;

/**
 * Thrown when two handlers have the same route.
 */
public class DuplicateRouteException extends IllegalStateException {

	private final String route;

	private final String first;

	private final String second;

	DuplicateRouteException(Route first, Route second) {
		super("Route '%s' has two handlers: %s and %s".formatted(first.name(), first.origin(), second.origin()));
		this.route = first.name();
		this.first = first.origin();
		this.second = second.origin();
	}

	public String route() {
		return this.route;
	}

	public String first() {
		return this.first;
	}

	public String second() {
		return this.second;
	}

}
