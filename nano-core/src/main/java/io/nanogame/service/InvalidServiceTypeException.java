package io.nanogame.service;

/**
 * Thrown for an interface that violates the rules for services, when it is first offered
 * or called.
 */
public class InvalidServiceTypeException extends IllegalArgumentException {

	private final Class<?> type;

	InvalidServiceTypeException(Class<?> type, String problem) {
		super(problem);
		this.type = type;
	}

	/**
	 * Returns the type that was used as a service.
	 * @return the interface, or any other type
	 */
	public Class<?> type() {
		return this.type;
	}

}
