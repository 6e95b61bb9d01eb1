package io.nanogame.spring;

/**
 * Thrown when two beans are components of the same name.
 */
public class DuplicateComponentException extends IllegalStateException {

	private final String component;

	private final String first;

	private final String second;

	DuplicateComponentException(ComponentBean first, ComponentBean second) {
		super("Component '%s' is defined twice: %s and %s".formatted(first.name(), first, second));
		this.component = first.name();
		this.first = first.toString();
		this.second = second.toString();
	}

	public String component() {
		return this.component;
	}

	/**
	 * Returns the first bean.
	 * @return its name and its class
	 */
	public String first() {
		return this.first;
	}

	/**
	 * Returns the second bean.
	 * @return its name and its class
	 */
	public String second() {
		return this.second;
	}

}
