package io.nanogame.spring;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.nanogame.route.RequestException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ObjectUtils;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.SmartValidator;

/**
 * Validates payloads before a handler sees them. A container is validated element by
 * element.
 */
final class PayloadValidation {

	/** The client's developer fixes one thing after the other. */
	private static final int TOLD = 3;

	private final SmartValidator validator;

	private final Object[] groups;

	PayloadValidation(SmartValidator validator, Object[] groups) {
		this.validator = validator;
		this.groups = groups;
	}

	/** Returns the payload, or answers 400. */
	Object validated(Object payload) {
		Violations violations = new Violations(payload);
		if (payload instanceof Map<?, ?> map) {
			map.forEach((key, value) -> validate("[" + key + "]", value, violations));
		}
		else if (payload instanceof Collection<?> || payload instanceof Object[]) {
			int index = 0;
			for (Object element : elements(payload)) {
				validate("[" + index++ + "]", element, violations);
			}
		}
		else {
			this.validator.validate(payload, violations, this.groups);
		}
		if (violations.hasErrors()) {
			throw new RequestException(400, words(violations.getAllErrors()));
		}
		return payload;
	}

	private static Collection<?> elements(Object container) {
		return (container instanceof Collection<?> collection) ? collection
				: Arrays.asList(ObjectUtils.toObjectArray(container));
	}

	private void validate(String path, @Nullable Object element, Violations violations) {
		if (element != null) {
			violations.pushNestedPath(path);
			this.validator.validate(element, violations, this.groups);
			violations.popNestedPath();
		}
	}

	private static String words(List<ObjectError> errors) {
		String told = errors.stream()
			.map(PayloadValidation::words)
			.sorted()
			.limit(TOLD)
			.collect(Collectors.joining("; "));
		return (errors.size() > TOLD) ? told + "; and " + (errors.size() - TOLD) + " more" : told;
	}

	/** The default message of a violation does not repeat the value. */
	private static String words(ObjectError error) {
		String message = error.getDefaultMessage();
		String words = (message != null) ? message : "is invalid";
		return (error instanceof FieldError field) ? field.getField() + " " + words : words;
	}

}
