package io.nanogame.spring;

/**
 * Two beans are components of the same name.
 */
public class DuplicateComponentException extends IllegalStateException {

	private final String component;

	private final String first;

	private final String second;

	DuplicateComponentException(ComponentBean first, ComponentBean second) {
		super("Component '%s' is there twice: %s and %s".formatted(first.name(), first, second));
		this.component = first.name();
		this.first = first.toString();
		this.second = second.toString();
	}

	public String component() {
		return this.component;
	}

	/**
	 * The bean that came first.
	 * @return its name and its class
	 */
	public String first() {
		return this.first;
	}

	/**
	 * The bean that came later.
	 * @return its name and its class
	 */
	public String second() {
		return this.second;
	}

}
