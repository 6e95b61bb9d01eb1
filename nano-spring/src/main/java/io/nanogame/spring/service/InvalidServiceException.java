package io.nanogame.spring.service;

import org.jspecify.annotations.Nullable;

/**
 * Thrown at startup for a bean that implements a {@link io.nanogame.service.NanoService}
 * and cannot be offered.
 */
public class InvalidServiceException extends IllegalStateException {

	private final String bean;

	InvalidServiceException(String bean, String problem, @Nullable Throwable cause) {
		super("Bean '%s' cannot be offered as a @NanoService: %s".formatted(bean, problem), cause);
		this.bean = bean;
	}

	/**
	 * Returns the name of the bean.
	 * @return the name
	 */
	public String bean() {
		return this.bean;
	}

}
