package io.nanogame.spring;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;

import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.Payloads;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.MethodParameter;

/**
 * Payload parameters: what no resolver knows is read from the body by the server's
 * {@link Payloads}.
 */
final class PayloadArguments {

	/** Those of Spring that mean something at a payload, or nothing anywhere. */
	private static final List<String> KNOWN = List.of("org.springframework.validation.", "org.springframework.lang.");

	private final Payloads payloads;

	private final ListableBeanFactory beans;

	PayloadArguments(Payloads payloads, ListableBeanFactory beans) {
		this.payloads = payloads;
		this.beans = beans;
	}

	PayloadReader reader(HandlerMethod method, MethodParameter parameter) {
		checkKind(method, parameter);
		try {
			return this.payloads.reader(method.inComponent(parameter.getGenericParameterType()));
		}
		catch (IllegalArgumentException ex) {
			throw method.invalid("its payload cannot be read: " + ex.getMessage());
		}
	}

	/** Finds what was never meant to be a payload. */
	void checkKind(HandlerMethod method, MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		if (type == Optional.class || HandlerResult.isAsynchronous(type)) {
			throw method.invalid("its payload cannot be " + type.getSimpleName());
		}
		if (isBean(type)) {
			throw method.invalid("%s is a bean, and no argument; take it in the constructor of the component"
				.formatted(type.getSimpleName()));
		}
		for (Annotation annotation : parameter.getParameterAnnotations()) {
			checkAnnotation(method, annotation.annotationType());
		}
	}

	/** Strings and maps are in many an application, and payloads nonetheless. */
	private boolean isBean(Class<?> type) {
		return !type.isPrimitive() && !type.isArray() && !type.getName().startsWith("java.")
				&& this.beans.getBeanNamesForType(type, true, false).length > 0;
	}

	private static void checkAnnotation(HandlerMethod method, Class<? extends Annotation> type) {
		if (type.getName().startsWith("org.springframework.") && KNOWN.stream().noneMatch(type.getName()::startsWith)) {
			throw method.invalid("@%s means nothing at an argument of a handler".formatted(type.getSimpleName()));
		}
	}

}
