package io.nanogame.spring;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.nanogame.pipeline.Interceptor;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ReflectionUtils;

/**
 * The interceptor beans: those that an {@link Intercept} names, and the others, which
 * apply to all handlers.
 */
final class InterceptorBeans {

	private final ListableBeanFactory beans;

	private final BeansInOrder names;

	InterceptorBeans(ListableBeanFactory beans) {
		this.beans = beans;
		this.names = new BeansInOrder(beans);
	}

	/** Returns the interceptors of one handler, the outermost first. */
	List<Interceptor> around(HandlerMethod method) {
		return Stream.of(method.component().type(), method.getMethod())
			.flatMap(InterceptorBeans::named)
			.flatMap((type) -> find(type, method).stream())
			.distinct()
			.map(this::bean)
			.toList();
	}

	private List<String> find(Class<?> type, HandlerMethod method) {
		List<String> found = this.names.ofType(type);
		if (found.isEmpty()) {
			throw method.invalid("there is no bean of the interceptor " + type.getName());
		}
		return found;
	}

	/**
	 * Returns the interceptors that none of the components names, the outermost first.
	 */
	List<Interceptor> aroundAll(Collection<ComponentBean> components) {
		Set<String> local = components.stream()
			.flatMap(InterceptorBeans::elements)
			.flatMap(InterceptorBeans::named)
			.flatMap((type) -> this.names.ofType(type).stream())
			.collect(Collectors.toSet());
		return this.names.ofType(Interceptor.class)
			.stream()
			.filter((name) -> !local.contains(name))
			.map(this::bean)
			.toList();
	}

	private Interceptor bean(String name) {
		return this.beans.getBean(name, Interceptor.class);
	}

	private static Stream<AnnotatedElement> elements(ComponentBean component) {
		return Stream.concat(Stream.of(component.type()),
				Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(component.type())));
	}

	private static Stream<Class<?>> named(AnnotatedElement element) {
		return MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY)
			.stream(Intercept.class)
			.flatMap((annotation) -> Arrays.stream(annotation.getClassArray(MergedAnnotation.VALUE)));
	}

}
