package io.nanogame.spring.security;

import java.util.Objects;

import io.nanogame.spring.InvalidHandlerException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.core.MethodParameter;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.ClassUtils;

/**
 * Resolves {@link AuthenticationPrincipal}: the principal of an authentication, or the
 * value of an expression for it. The expression is parsed at startup.
 */
final class AuthenticatedPrincipal {

	private final Class<?> type;

	private final boolean optional;

	private final boolean strict;

	private final @Nullable Expression expression;

	private final BeanFactoryResolver beans;

	AuthenticatedPrincipal(MethodParameter parameter, AuthenticationPrincipal annotation, BeanFactory beans) {
		this.type = parameter.getParameterType();
		this.optional = parameter.isOptional();
		this.strict = annotation.errorOnInvalidType();
		this.expression = annotation.expression().isEmpty() ? null : parse(annotation.expression(), parameter);
		this.beans = new BeanFactoryResolver(beans);
	}

	private static Expression parse(String expression, MethodParameter parameter) {
		try {
			return new SpelExpressionParser().parseExpression(expression);
		}
		catch (ParseException ex) {
			throw new InvalidHandlerException(Objects.requireNonNull(parameter.getMethod()),
					"the expression '%s' of its @AuthenticationPrincipal cannot be parsed: %s".formatted(expression,
							ex.getSimpleMessage()));
		}
	}

	/**
	 * Returns the argument. As in web handlers, a principal of another type counts as
	 * absent if the parameter is optional.
	 */
	@Nullable Object of(Authentication authentication) {
		Object value = evaluate(authentication.getPrincipal());
		boolean fits = ClassUtils.isAssignableValue(this.type, value);
		if (value != null && fits) {
			return value;
		}
		if (!this.optional || (this.strict && !fits)) {
			throw new ClassCastException("The principal is %s, not a %s"
				.formatted((value != null) ? "a " + value.getClass().getName() : "null", this.type.getName()));
		}
		return null;
	}

	private @Nullable Object evaluate(@Nullable Object principal) {
		if (this.expression == null || principal == null) {
			return principal;
		}
		StandardEvaluationContext context = new StandardEvaluationContext(principal);
		context.setVariable("this", principal);
		context.setBeanResolver(this.beans);
		return this.expression.getValue(context);
	}

}
