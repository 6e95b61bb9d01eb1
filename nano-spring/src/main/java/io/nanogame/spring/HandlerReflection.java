package io.nanogame.spring;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.security.Principal;
import java.util.concurrent.CompletionStage;

import io.nanogame.route.Request;
import io.nanogame.session.Session;
import reactor.core.publisher.Mono;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;
import org.springframework.util.ClassUtils;

/**
 * Registers the hints of a {@link Handler} for native images: the method, and the types
 * that are read and written for it.
 */
final class HandlerReflection implements ReflectiveProcessor {

	private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

	@Override
	public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
		if (element instanceof Method method) {
			hints.registerMethod(method, ExecutableMode.INVOKE);
			for (int i = 0; i < method.getParameterCount(); i++) {
				Class<?> type = method.getParameterTypes()[i];
				if (isPayload(type)) {
					bind(hints, type, method.getGenericParameterTypes()[i]);
				}
			}
			bind(hints, method.getReturnType(), resultType(method));
		}
	}

	private static boolean isPayload(Class<?> type) {
		return type != Session.class && type != Request.class && !Principal.class.isAssignableFrom(type);
	}

	private static Type resultType(Method method) {
		boolean asynchronous = Mono.class.isAssignableFrom(method.getReturnType())
				|| CompletionStage.class.isAssignableFrom(method.getReturnType());
		return (asynchronous && method.getGenericReturnType() instanceof ParameterizedType type)
				? type.getActualTypeArguments()[0] : method.getGenericReturnType();
	}

	/** Protobuf creates its messages by a method that it finds by reflection. */
	private void bind(ReflectionHints hints, Class<?> type, Type declared) {
		Method instance = ClassUtils.getMethodIfAvailable(type, "getDefaultInstance");
		if (instance != null) {
			hints.registerMethod(instance, ExecutableMode.INVOKE);
		}
		else {
			this.binding.registerReflectionHints(hints, declared);
		}
	}

}
