package io.nanogame.service;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A method of a service, read once.
 *
 * @param name its name, unique in its service
 * @param fullName with the name of the service before it
 * @param parameterTypes what it takes
 * @param resultType what is answered; {@code void.class} for nothing
 * @param async how the answer comes later, or null when the caller waits for it
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
							"%s must say of what its %s is".formatted(method, method.getReturnType().getSimpleName()));
				}
				return new ServiceMethod(method.getName(), fullName, parameters, type.getActualTypeArguments()[0],
						async);
			}
		}
		return new ServiceMethod(method.getName(), fullName, parameters, result, null);
	}

	/** Kotlin's compiler gives a suspend function one parameter more. */
	private static void checkSuspending(Method method) {
		for (Class<?> parameter : method.getParameterTypes()) {
			if (parameter.getName().equals(CONTINUATION)) {
				throw new InvalidServiceTypeException(method.getDeclaringClass(),
						"%s is a suspend function, and those of a service return a CompletionStage instead"
							.formatted(method));
			}
		}
	}

	/**
	 * Whether nothing comes back.
	 * @return true for methods that are {@code void}
	 */
	public boolean isSend() {
		return this.resultType == void.class;
	}

}
