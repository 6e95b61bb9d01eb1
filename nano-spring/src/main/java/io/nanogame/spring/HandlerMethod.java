package io.nanogame.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.util.ClassUtils;

/**
 * A {@link Handler} method of a component, as its class declares it, and what the
 * annotations say of it.
 */
final class HandlerMethod extends AnnotatedMethod {

	/** A route's length travels in one byte. */
	private static final int LONGEST_ROUTE = 255;

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

	String route(RouteNaming naming) {
		String named = this.annotation.value();
		String route = named.isEmpty() ? naming.route(this.component.name(), getMethod()) : named;
		if (route.isBlank() || route.getBytes(StandardCharsets.UTF_8).length > LONGEST_ROUTE) {
			throw invalid("its route '%s' must have 1 to %d bytes".formatted(route, LONGEST_ROUTE));
		}
		return route;
	}

	boolean isConcurrent() {
		return this.annotation.concurrent();
	}

	boolean isNonBlocking() {
		return AnnotatedElementUtils.hasAnnotation(getMethod(), NonBlocking.class)
				|| AnnotatedElementUtils.hasAnnotation(this.component.type(), NonBlocking.class);
	}

	/** The type of a parameter, with the type arguments the component gives. */
	Type typeOf(MethodParameter parameter) {
		return GenericTypeResolver.resolveType(parameter.getGenericParameterType(), this.component.type());
	}

	Class<?> resultType() {
		return ResolvableType.forMethodReturnType(getMethod(), this.component.type()).toClass();
	}

	/** The method to call on the bean so that its advice runs. */
	Method invocable() {
		Class<?> beanType = this.component.bean().getClass();
		if (Modifier.isStatic(getMethod().getModifiers())) {
			throw invalid("it is static");
		}
		if (Modifier.isPrivate(getMethod().getModifiers())) {
			throw invalid("it is private");
		}
		if (AopUtils.isCglibProxy(this.component.bean()) && !isOverridden(beanType)) {
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
