package io.nanogame.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Detects constraints of Jakarta Validation by their annotations, even without a
 * validator on the class path.
 */
public final class ConstraintAnnotations {

	private static final String CONSTRAINT = "jakarta.validation.Constraint";

	private static final String VALID = "jakarta.validation.Valid";

	private ConstraintAnnotations() {
	}

	/**
	 * Returns whether a parameter, or the elements of a container, have constraints.
	 * {@code @Valid} is not a constraint.
	 * @param parameter the parameter, including the annotations of interfaces
	 * @return true for {@code @NotBlank String} and {@code List<@NotBlank String>}
	 */
	static boolean constrain(MethodParameter parameter) {
		return MergedAnnotations.from(parameter.getParameterAnnotations()).isPresent(CONSTRAINT) || constrainElements(
				parameter.getExecutable().getAnnotatedParameterTypes()[parameter.getParameterIndex()]);
	}

	private static boolean constrainElements(AnnotatedType type) {
		return elements(type)
			.anyMatch((element) -> isConstraint(element.getAnnotations()) || constrainElements(element));
	}

	private static boolean isConstraint(Annotation[] annotations) {
		return MergedAnnotations.from(annotations).isPresent(CONSTRAINT);
	}

	/** Returns the type arguments or the component type. */
	static Stream<AnnotatedType> elements(AnnotatedType type) {
		if (type instanceof AnnotatedParameterizedType container) {
			return Arrays.stream(container.getAnnotatedActualTypeArguments());
		}
		return (type instanceof AnnotatedArrayType array) ? Stream.of(array.getAnnotatedGenericComponentType())
				: Stream.empty();
	}

	/**
	 * Returns whether the result of a method has constraints, or is to be validated.
	 * @param method the method, including the methods it overrides
	 * @return true for {@code @NotNull} at the method
	 */
	static boolean constrainResult(Method method) {
		MergedAnnotations annotations = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
		return annotations.isPresent(CONSTRAINT) || annotations.isPresent(VALID)
				|| constrainElements(method.getAnnotatedReturnType());
	}

	/**
	 * Returns whether a method declares anything that requires a validator.
	 * @param method the method, without the methods it overrides
	 * @return true for constraints and {@code @Valid} at its parameters or its result
	 */
	public static boolean areAt(Method method) {
		return constrainResult(method) || Stream.of(method.getParameters())
			.anyMatch((parameter) -> MergedAnnotations.from(parameter).isPresent(VALID)
					|| MergedAnnotations.from(parameter).isPresent(CONSTRAINT)
					|| constrainElements(parameter.getAnnotatedType()));
	}

}
