package io.nanogame.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.nanogame.route.Request;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.Payloads;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * Payload parameters: read by the server's {@link Payloads}, validated when annotated so.
 */
final class PayloadArguments {

	private final Payloads payloads;

	private final @Nullable SmartValidator validator;

	PayloadArguments(Payloads payloads, @Nullable SmartValidator validator) {
		this.payloads = payloads;
		this.validator = validator;
	}

	PayloadReader reader(HandlerMethod method, MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		if (type == Optional.class || HandlerResult.isAsynchronous(type)) {
			throw method.invalid("its payload cannot be " + type.getSimpleName());
		}
		try {
			return this.payloads.reader(method.typeOf(parameter));
		}
		catch (IllegalArgumentException ex) {
			throw method.invalid(String.valueOf(ex.getMessage()));
		}
	}

	ArgumentBinder binder(HandlerMethod method, MethodParameter parameter) {
		Object @Nullable [] groups = validationGroups(parameter);
		if (groups == null) {
			return Request::payload;
		}
		if (this.validator == null) {
			throw method.invalid("its payload is to be validated, but there is no validator; "
					+ "add spring-boot-starter-validation");
		}
		PayloadValidation validation = new PayloadValidation(this.validator, groups);
		return (request) -> validation.validated(request.payload());
	}

	private static Object @Nullable [] validationGroups(MethodParameter parameter) {
		return Stream.concat(Arrays.stream(parameter.getParameterAnnotations()), onElements(parameter))
			.map(ValidationAnnotationUtils::determineValidationHints)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/** What stands inside the brackets, as in {@code List<@Valid Item>}. */
	private static Stream<Annotation> onElements(MethodParameter parameter) {
		AnnotatedType type = parameter.getExecutable().getAnnotatedParameterTypes()[parameter.getParameterIndex()];
		return (type instanceof AnnotatedParameterizedType container)
				? Arrays.stream(container.getAnnotatedActualTypeArguments())
					.flatMap((argument) -> Arrays.stream(argument.getAnnotations()))
				: Stream.empty();
	}

}
