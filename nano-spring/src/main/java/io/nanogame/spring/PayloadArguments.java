package io.nanogame.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.Payloads;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.MethodParameter;

/**
 * Binds payload parameters: parameters without a resolver are read from the body by the
 * session's {@link Payloads}.
 */
final class PayloadArguments {

	/** Annotations of Spring that are valid at a payload, or harmless. */
	private static final List<String> KNOWN = List.of("org.springframework.validation.", "org.springframework.lang.");

	private final ListableBeanFactory beans;

	PayloadArguments(ListableBeanFactory beans) {
		this.beans = beans;
	}

	/** Returns what creates the readers of a payload for the serializers of a server. */
	Function<Payloads, PayloadReader> readers(HandlerMethod method, MethodParameter parameter) {
		checkKind(method, parameter);
		Type type = method.inComponent(parameter.getGenericParameterType());
		return (payloads) -> {
			try {
				return payloads.reader(type);
			}
			catch (IllegalArgumentException ex) {
				throw method.invalid("its payload cannot be read: " + ex.getMessage());
			}
		};
	}

	/** Rejects parameters that cannot be meant as a payload. */
	void checkKind(HandlerMethod method, MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		if (type == Optional.class || HandlerResult.isAsynchronous(type)) {
			throw method.invalid("its payload cannot be " + type.getSimpleName());
		}
		if (isBean(type)) {
			throw method.invalid("%s is a bean, not an argument; inject it into the constructor of the component"
				.formatted(type.getSimpleName()));
		}
		for (Annotation annotation : parameter.getParameterAnnotations()) {
			checkAnnotation(method, annotation.annotationType());
		}
	}

	/**
	 * JDK types are payloads, even if there are beans of such a type, as strings and maps
	 * in many applications.
	 */
	private boolean isBean(Class<?> type) {
		return !type.isPrimitive() && !type.isArray() && !type.getName().startsWith("java.")
				&& this.beans.getBeanNamesForType(type, true, false).length > 0;
	}

	private static void checkAnnotation(HandlerMethod method, Class<? extends Annotation> type) {
		if (type.getName().startsWith("org.springframework.") && KNOWN.stream().noneMatch(type.getName()::startsWith)) {
			throw method.invalid("@%s has no effect on an argument of a handler".formatted(type.getSimpleName()));
		}
	}

}
