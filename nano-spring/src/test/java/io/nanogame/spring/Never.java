package io.nanogame.spring;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;

/**
 * A constraint of a whole class that always fails.
 */
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Never.Validator.class)
@interface Never {

	String message() default "cannot be";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	class Validator implements ConstraintValidator<Never, Object> {

		@Override
		public boolean isValid(Object value, ConstraintValidatorContext context) {
			return false;
		}

	}

}
