package io.nanogame.service;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The description of a service method.
 *
 * @param name its name, unique in its service
 * @param fullName its name, prefixed with the name of the service
 * @param parameterTypes the types of its parameters
 * @param resultType the type of its result; {@code void.class} for none
 * @param async the kind of asynchronous result, or null when the caller waits
 */
public record ServiceMethod(String name, String fullName, List<Type> parameterTypes, Type resultType,
		@Nullable AsyncResult async) {

	private static final String CONTINUATION = "kotlin.coroutines.Continuation";

	static ServiceMethod of(String service, Method method, List<AsyncResult> asyncResults) {
		checkSuspending(method);
		String fullName = service + "." + method.getName();
		List<Type> parameters = List.of(method.getGenericParameterTypes());
		Type result = method.getGenericReturnType();
		for (AsyncResult async : asyncResults) {
			if (async.isReturnType(method.getReturnType())) {
				if (!(result instanceof ParameterizedType type)) {
					throw new InvalidServiceTypeException(method.getDeclaringClass(),
							"%s must declare the type argument of its %s".formatted(method,
									method.getReturnType().getSimpleName()));
				}
				return new ServiceMethod(method.getName(), fullName, parameters, type.getActualTypeArguments()[0],
						async);
			}
		}
		return new ServiceMethod(method.getName(), fullName, parameters, result, null);
	}

	/** Kotlin compiles a suspend function to a method with an additional parameter. */
	private static void checkSuspending(Method method) {
		for (Class<?> parameter : method.getParameterTypes()) {
			if (parameter.getName().equals(CONTINUATION)) {
				throw new InvalidServiceTypeException(method.getDeclaringClass(),
						"%s is a suspend function; methods of a service return a CompletionStage instead"
							.formatted(method));
			}
		}
	}

	/**
	 * Returns whether the method has no result.
	 * @return true for methods that are {@code void}
	 */
	public boolean isSend() {
		return this.resultType == void.class;
	}

}
