package io.nanogame.spring;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.nanogame.route.Request;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.util.ClassUtils;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * Chooses the validation of a handler's arguments, by the rules of Spring MVC:
 * {@code @Valid} and {@code @Validated} validate the payload; a constraint at any
 * parameter validates all parameters together.
 */
final class HandlerValidation {

	static final String UNCHECKED_RESULT = "its result is constrained, but only arguments are validated; "
			+ "with @Validated on the class Spring validates results, too";

	private static final String NO_VALIDATOR = "there is no validator; add spring-boot-starter-validation";

	private static final String VALID = "jakarta.validation.Valid";

	private static final boolean JAKARTA = ClassUtils.isPresent("jakarta.validation.Validator",
			HandlerValidation.class.getClassLoader());

	private final @Nullable SmartValidator validator;

	HandlerValidation(@Nullable SmartValidator validator) {
		this.validator = validator;
	}

	/**
	 * Returns the validation of all arguments together.
	 * @param method the handler
	 * @param payload the index of the payload parameter; -1 for none
	 * @return null when there is nothing to validate
	 * @throws InvalidHandlerException when constraints could never be checked
	 */
	@Nullable Consumer<@Nullable Object[]> together(HandlerMethod method, int payload) {
		if (method.component().objects() != null) {
			return ofObjects(method);
		}
		if (this.validator != null && JAKARTA) {
			Consumer<@Nullable Object[]> constraints = ParameterConstraints.of(this.validator, method, payload);
			if (constraints != null) {
				return constraints;
			}
		}
		else if (ConstraintAnnotations.constrainResult(method.getMethod())) {
			throw method.invalid(UNCHECKED_RESULT);
		}
		if (!isJakarta() && Arrays.stream(method.getMethodParameters()).anyMatch(ConstraintAnnotations::constrain)) {
			throw method.invalid("its arguments are constrained, but " + NO_VALIDATOR);
		}
		return null;
	}

	/** Constraints are checked at a bean, and objects are created later. */
	private static @Nullable Consumer<@Nullable Object[]> ofObjects(HandlerMethod method) {
		if (ConstraintAnnotations.constrainResult(method.getMethod())
				|| Arrays.stream(method.getMethodParameters()).anyMatch(ConstraintAnnotations::constrain)) {
			throw method.invalid("in this class constraints of arguments and results are not checked; "
					+ "constrain the properties of the payload and annotate it with @Valid");
		}
		return null;
	}

	private boolean isJakarta() {
		return this.validator != null && JAKARTA && ParameterConstraints.isJakarta(this.validator);
	}

	/**
	 * Returns the binder of a payload.
	 * @param method the handler
	 * @param parameter the payload parameter
	 * @param together whether all arguments are validated together, which includes
	 * {@code @Valid} ones
	 */
	ArgumentBinder payload(HandlerMethod method, MethodParameter parameter, boolean together) {
		Annotation requested = annotations(parameter).filter((one) -> hints(one) != null).findFirst().orElse(null);
		if (requested == null || together && isValid(requested)) {
			return Request::payload;
		}
		if (this.validator == null) {
			throw method.invalid("its payload is to be validated, but " + NO_VALIDATOR);
		}
		Object[] groups = isValid(requested) ? method.validationGroups() : Objects.requireNonNull(hints(requested));
		PayloadValidation validation = new PayloadValidation(this.validator, groups);
		return (request) -> validation.validated(request.payload());
	}

	private static boolean isValid(Annotation annotation) {
		return annotation.annotationType().getName().equals(VALID);
	}

	private static Object @Nullable [] hints(Annotation annotation) {
		return ValidationAnnotationUtils.determineValidationHints(annotation);
	}

	/**
	 * Returns the annotations, including those of type arguments as in
	 * {@code List<@Valid Item>}.
	 */
	private static Stream<Annotation> annotations(MethodParameter parameter) {
		return Stream.concat(Arrays.stream(parameter.getParameterAnnotations()),
				ConstraintAnnotations
					.elements(parameter.getExecutable().getAnnotatedParameterTypes()[parameter.getParameterIndex()])
					.flatMap((element) -> Arrays.stream(element.getAnnotations())));
	}

}
