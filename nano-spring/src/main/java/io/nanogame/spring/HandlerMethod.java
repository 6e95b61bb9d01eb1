package io.nanogame.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.BeansException;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.util.ClassUtils;
import org.springframework.validation.annotation.Validated;

/**
 * A {@link Handler} method of a component, as its class declares it, with its
 * annotations.
 */
final class HandlerMethod extends AnnotatedMethod {

	/** The length of a route is sent as one byte. */
	private static final int MAX_ROUTE_LENGTH = 255;

	static final long NO_ID = -1;

	private static final long MAX_ID = 0xFFFFFFFFL;

	private final ComponentBean component;

	private final Handler annotation;

	private HandlerMethod(ComponentBean component, Method method, Handler annotation) {
		super(method);
		this.component = component;
		this.annotation = annotation;
	}

	static List<HandlerMethod> of(ComponentBean component) {
		return MethodIntrospector
			.selectMethods(component.type(),
					(Method method) -> AnnotatedElementUtils.findMergedAnnotation(method, Handler.class))
			.entrySet()
			.stream()
			.map((found) -> new HandlerMethod(component, found.getKey(), found.getValue()))
			.toList();
	}

	ComponentBean component() {
		return this.component;
	}

	String route(RouteNaming naming, AnnotatedNames names) {
		String named = named(names);
		String route = named.isEmpty() ? naming.route(this.component.name(), getMethod()) : named;
		if (route.isBlank() || route.getBytes(StandardCharsets.UTF_8).length > MAX_ROUTE_LENGTH) {
			throw invalid("its route '%s' must have 1 to %d bytes".formatted(route, MAX_ROUTE_LENGTH));
		}
		return route;
	}

	private String named(AnnotatedNames names) {
		ObjectComponent objects = this.component.objects();
		String fixed = (objects != null) ? objects.route(getMethod()) : null;
		return (fixed != null) ? fixed : resolve(names);
	}

	private String resolve(AnnotatedNames names) {
		try {
			return names.resolve(this.annotation.value());
		}
		catch (IllegalArgumentException | BeansException ex) {
			throw invalid("its route cannot be resolved. " + ex.getMessage());
		}
	}

	boolean isConcurrent() {
		return this.annotation.concurrent();
	}

	/** Returns the id of the route, or -1 for none. */
	long id() {
		long id = this.annotation.id();
		if (id < NO_ID || id > MAX_ID) {
			throw invalid("its id %d must be 0 to %d".formatted(id, MAX_ID));
		}
		return id;
	}

	boolean isNonBlocking() {
		return AnnotatedElementUtils.hasAnnotation(getMethod(), NonBlocking.class)
				|| AnnotatedElementUtils.hasAnnotation(this.component.type(), NonBlocking.class);
	}

	/**
	 * Returns whether Spring's own method validation, if present, validates the calls.
	 */
	boolean isClassValidated() {
		return AnnotatedElementUtils.hasAnnotation(this.component.type(), Validated.class);
	}

	/**
	 * Returns the groups of the method, else those of the class, else none, which means
	 * the default group.
	 */
	Class<?>[] validationGroups() {
		Validated ofMethod = AnnotatedElementUtils.findMergedAnnotation(getMethod(), Validated.class);
		Validated found = (ofMethod != null) ? ofMethod
				: AnnotatedElementUtils.findMergedAnnotation(this.component.type(), Validated.class);
		return (found != null) ? found.value() : new Class<?>[0];
	}

	/** Resolves a declared type with the type arguments of the component. */
	Type inComponent(Type declared) {
		return GenericTypeResolver.resolveType(declared, this.component.type());
	}

	ResolvableType result() {
		return ResolvableType.forMethodReturnType(getMethod(), this.component.type());
	}

	/**
	 * Returns the method to call on the bean, so that its advice is applied. Of many
	 * objects it is the method of their class, which their proxies override.
	 */
	Method invocable() {
		boolean isOfBean = this.component.objects() == null;
		Class<?> beanType = isOfBean ? this.component.bean().getClass() : this.component.type();
		if (Modifier.isStatic(getMethod().getModifiers())) {
			throw invalid("it is static");
		}
		if (Modifier.isPrivate(getMethod().getModifiers())) {
			throw invalid("it is private");
		}
		if (isOfBean && AopUtils.isCglibProxy(this.component.bean()) && !isOverridden(beanType)) {
			throw invalid("the proxy of its bean cannot override it; it must not be final, and not package-private "
					+ "in a superclass of another package");
		}
		return selectInvocable(beanType);
	}

	private boolean isOverridden(Class<?> beanType) {
		return !ClassUtils.getMostSpecificMethod(getMethod(), beanType).equals(getMethod());
	}

	private Method selectInvocable(Class<?> beanType) {
		try {
			return AopUtils.selectInvocableMethod(getMethod(), beanType);
		}
		catch (IllegalStateException ex) {
			throw invalid(String.valueOf(ex.getMessage()));
		}
	}

	InvalidHandlerException invalid(String problem) {
		return new InvalidHandlerException(getMethod(), problem);
	}

	@Override
	protected Class<?> getContainingClass() {
		return this.component.type();
	}

	@Override
	public String toString() {
		return describe(this.component.type(), getMethod());
	}

	static String describe(Class<?> type, Method method) {
		return Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ", type.getName() + "." + method.getName() + "(", ")"));
	}

}
