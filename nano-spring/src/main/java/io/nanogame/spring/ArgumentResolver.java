package io.nanogame.spring;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * Adds a kind of argument to {@link Handler} methods, such as the player of a session.
 * Resolvers are tried in their order, before the built-in ones.
 */
@FunctionalInterface
public interface ArgumentResolver {

	/**
	 * Resolves a parameter. Called once for each, at startup.
	 * @param parameter the parameter with its annotations, those of an interface's method
	 * included; its containing class is the component's
	 * @return its binder, or null when this resolver does not support the parameter
	 */
	@Nullable ArgumentBinder resolve(MethodParameter parameter);

}
