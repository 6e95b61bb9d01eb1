package io.nanogame.spring;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

import jakarta.validation.ConstraintDeclarationException;
import jakarta.validation.ConstraintDefinitionException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import jakarta.validation.metadata.BeanDescriptor;
import jakarta.validation.metadata.CascadableDescriptor;
import jakarta.validation.metadata.ContainerDescriptor;
import jakarta.validation.metadata.ContainerElementTypeDescriptor;
import jakarta.validation.metadata.ElementDescriptor;
import jakarta.validation.metadata.MethodDescriptor;
import jakarta.validation.metadata.ParameterDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.validation.SmartValidator;

/**
 * The constraints of Jakarta Validation at the parameters of one handler. Any thread. A
 * separate class, because the API may be missing from the class path.
 */
final class ParameterConstraints implements Consumer<@Nullable Object[]> {

	private final Validator validator;

	private final Object bean;

	private final Method method;

	private final Class<?>[] groups;

	private final int payload;

	private ParameterConstraints(Validator validator, HandlerMethod method, int payload) {
		this.validator = validator;
		Object target = AopProxyUtils.getSingletonTarget(method.component().bean());
		this.bean = (target != null) ? target : method.component().bean();
		this.method = Proxy.isProxyClass(this.bean.getClass()) ? method.invocable() : method.getMethod();
		this.groups = method.validationGroups();
		this.payload = payload;
	}

	/**
	 * Returns the constraints of a handler.
	 * @param validator the validator; only one of Jakarta Validation can check
	 * constraints
	 * @param method the handler
	 * @param payload the index of the payload parameter; -1 for none
	 * @return null when there are no constraints
	 * @throws InvalidHandlerException when they can never be checked
	 */
	static @Nullable ParameterConstraints of(SmartValidator validator, HandlerMethod method, int payload) {
		Validator jakarta = jakarta(validator);
		if (jakarta == null) {
			return null;
		}
		try {
			MethodDescriptor descriptor = jakarta.getConstraintsForClass(method.component().type())
				.getConstraintsForMethod(method.getMethod().getName(), method.getMethod().getParameterTypes());
			if (descriptor == null) {
				return null;
			}
			ParameterConstraints constraints = new ParameterConstraints(jakarta, method, payload);
			constraints.checkResult(method, descriptor);
			constraints.tryOut(descriptor);
			return isConstrained(descriptor) ? constraints : null;
		}
		catch (ConstraintDeclarationException | ConstraintDefinitionException ex) {
			throw method.invalid("its constraints are not valid. " + ex.getMessage());
		}
	}

	static boolean isJakarta(SmartValidator validator) {
		return jakarta(validator) != null;
	}

	private static @Nullable Validator jakarta(SmartValidator validator) {
		try {
			return validator.unwrap(Validator.class);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Rejects constraints of the result, unless Spring's own method validation checks
	 * them.
	 */
	private void checkResult(HandlerMethod handler, MethodDescriptor descriptor) {
		if (descriptor.hasConstrainedReturnValue()
				&& !(handler.isClassValidated() && AopUtils.isAopProxy(handler.component().bean()))) {
			throw handler.invalid(HandlerValidation.UNCHECKED_RESULT);
		}
	}

	private static boolean isConstrained(MethodDescriptor descriptor) {
		return descriptor.getCrossParameterDescriptor().hasConstraints() || descriptor.getParameterDescriptors()
			.stream()
			.anyMatch((parameter) -> parameter.hasConstraints() || areElementsConstrained(parameter));
	}

	private static boolean areElementsConstrained(ContainerDescriptor container) {
		return container.getConstrainedContainerElementTypes()
			.stream()
			.anyMatch((element) -> element.hasConstraints() || areElementsConstrained(element));
	}

	/**
	 * Checks each constraint once, because a validator detects only then that it cannot
	 * check a type. The outcome of the check is ignored.
	 */
	private void tryOut(MethodDescriptor descriptor) {
		Object[] arguments = Arrays.stream(this.method.getParameterTypes())
			.map((type) -> type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null)
			.toArray();
		tryOut(() -> this.validator.forExecutables()
			.validateParameters(this.bean, this.method, arguments, this.groups));
		Set<Class<?>> seen = new HashSet<>();
		for (ParameterDescriptor parameter : descriptor.getParameterDescriptors()) {
			tryOutBeans(parameter, parameter, seen);
		}
	}

	private void tryOutBeans(CascadableDescriptor value, ContainerDescriptor container, Set<Class<?>> seen) {
		if (value.isCascaded()) {
			tryOutBean(((ElementDescriptor) value).getElementClass(), seen);
		}
		for (ContainerElementTypeDescriptor element : container.getConstrainedContainerElementTypes()) {
			tryOutBeans(element, element, seen);
		}
	}

	/** The type is null for elements of an array. */
	private void tryOutBean(@Nullable Class<?> type, Set<Class<?>> seen) {
		if (type == null || !seen.add(type)) {
			return;
		}
		BeanDescriptor bean = this.validator.getConstraintsForClass(type);
		for (PropertyDescriptor property : bean.getConstrainedProperties()) {
			tryOut(() -> this.validator.validateValue(type, property.getPropertyName(), null, this.groups));
			tryOutBeans(property, property, seen);
		}
	}

	private static void tryOut(Runnable validation) {
		try {
			validation.run();
		}
		catch (ConstraintDeclarationException | ConstraintDefinitionException ex) {
			throw ex;
		}
		catch (ValidationException | IllegalArgumentException ex) {
			// Thrown by a validator that does not expect such a value.
		}
	}

	/** Called before the handler; fails the request with 400. */
	@Override
	public void accept(@Nullable Object[] arguments) {
		Set<ConstraintViolation<Object>> violations = this.validator.forExecutables()
			.validateParameters(this.bean, this.method, arguments, this.groups);
		if (!violations.isEmpty()) {
			throw InvalidPayload.of(violations.stream().map(this::describe).toList());
		}
	}

	private String describe(ConstraintViolation<?> violation) {
		String path = path(violation.getPropertyPath());
		return path.isEmpty() ? violation.getMessage() : path + " " + violation.getMessage();
	}

	/**
	 * Omits the parameter name of the payload, because clients know the payload's fields,
	 * not the names of parameters.
	 */
	private String path(Path path) {
		StringBuilder text = new StringBuilder();
		for (Path.Node node : path) {
			if (node.isInIterable()) {
				text.append('[').append((node.getIndex() != null) ? node.getIndex() : node.getKey()).append(']');
			}
			String name = name(node);
			if (name != null) {
				text.append(text.isEmpty() ? "" : ".").append(name);
			}
		}
		return text.toString();
	}

	private @Nullable String name(Path.Node node) {
		return switch (node.getKind()) {
			case PROPERTY -> node.getName();
			case PARAMETER ->
				(node.as(Path.ParameterNode.class).getParameterIndex() != this.payload) ? node.getName() : null;
			default -> null;
		};
	}

}
