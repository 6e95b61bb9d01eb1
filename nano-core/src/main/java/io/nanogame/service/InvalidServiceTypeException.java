package io.nanogame.service;

/**
 * An interface that breaks the rules of services, found when it is first offered or
 * called.
 */
public class InvalidServiceTypeException extends IllegalArgumentException {

	private final Class<?> type;

	InvalidServiceTypeException(Class<?> type, String problem) {
		super(problem);
		this.type = type;
	}

	/**
	 * What should be a service.
	 * @return the interface, or whatever else was taken for one
	 */
	public Class<?> type() {
		return this.type;
	}

}
