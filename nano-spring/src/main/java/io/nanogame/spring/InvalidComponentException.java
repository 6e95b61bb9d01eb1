package io.nanogame.spring;

/**
 * A bean with {@link GameComponent} that cannot be a component. Found when the
 * application starts.
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
		return new InvalidComponentException(bean, false, "its name or its lane is unknown. " + cause.getMessage());
	}

	/**
	 * Whether its scope is wrong.
	 * @return false when its name or its lane is
	 */
	public boolean isScope() {
		return this.scope;
	}

	/**
	 * The bean.
	 * @return its name
	 */
	public String bean() {
		return this.bean;
	}

	/**
	 * What is wrong with it, and what to do.
	 * @return a sentence without its subject
	 */
	public String problem() {
		return this.problem;
	}

}
