package io.nanogame.spring;

/**
 * Thrown at startup for a bean with {@link GameComponent} that cannot be a component.
 */
public class InvalidComponentException extends IllegalStateException {

	private final String bean;

	private final boolean scope;

	private final String problem;

	private InvalidComponentException(String bean, boolean scope, String problem) {
		super("Bean '%s' cannot be a game component: %s".formatted(bean, problem));
		this.bean = bean;
		this.scope = scope;
		this.problem = problem;
	}

	static InvalidComponentException ofScope(String bean) {
		return new InvalidComponentException(bean, true,
				"it must be a singleton, or its scope must give it a proxy (proxyMode)");
	}

	static InvalidComponentException ofName(String bean, RuntimeException cause) {
		return new InvalidComponentException(bean, false,
				"its name or its lane cannot be resolved. " + cause.getMessage());
	}

	/**
	 * Returns whether its scope is invalid.
	 * @return false when its name or its lane is invalid
	 */
	public boolean isScope() {
		return this.scope;
	}

	/**
	 * Returns the name of the bean.
	 * @return the name
	 */
	public String bean() {
		return this.bean;
	}

	/**
	 * Returns a description of the problem and its solution.
	 * @return a sentence without its subject
	 */
	public String problem() {
		return this.problem;
	}

}
