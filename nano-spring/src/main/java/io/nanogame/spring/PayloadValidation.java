package io.nanogame.spring;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ObjectUtils;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.SmartValidator;

/**
 * Validates payloads before they are passed to a handler. A container is validated
 * element by element.
 */
final class PayloadValidation {

	private final SmartValidator validator;

	private final Object[] groups;

	PayloadValidation(SmartValidator validator, Object[] groups) {
		this.validator = validator;
		this.groups = groups;
	}

	/** Returns the payload, or fails the request with 400. */
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
			throw InvalidPayload.of(violations.getAllErrors().stream().map(PayloadValidation::describe).toList());
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

	/** Returns the default message, which does not contain the value. */
	private static String describe(ObjectError error) {
		String defaultMessage = error.getDefaultMessage();
		String message = (defaultMessage != null) ? defaultMessage : "is invalid";
		return (error instanceof FieldError field) ? field.getField() + " " + message : message;
	}

}
