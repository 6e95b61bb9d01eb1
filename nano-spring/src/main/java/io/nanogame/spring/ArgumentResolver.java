package io.nanogame.spring;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * Adds a kind of argument to {@link Handler} methods, such as the player of a session.
 * Resolvers are asked in their order, ahead of the built-in ones.
 */
@FunctionalInterface
public interface ArgumentResolver {

	/**
	 * Looks at a parameter; called once for each, at startup.
	 * @param parameter the parameter with its annotations, those of an interface's method
	 * included; its containing class is the component's
	 * @return what binds it, or null when this resolver does not know such a parameter
	 */
	@Nullable ArgumentBinder resolve(MethodParameter parameter);

}
