package io.nanogame.spring.service;

import org.jspecify.annotations.Nullable;

/**
 * A bean that implements a {@link io.nanogame.service.NanoService} and cannot be offered.
 * Found when the application starts.
 */
public class InvalidServiceException extends IllegalStateException {

	private final String bean;

	InvalidServiceException(String bean, String problem, @Nullable Throwable cause) {
		super("Bean '%s' cannot be offered as a @NanoService: %s".formatted(bean, problem), cause);
		this.bean = bean;
	}

	/**
	 * The bean.
	 * @return its name
	 */
	public String bean() {
		return this.bean;
	}

}
