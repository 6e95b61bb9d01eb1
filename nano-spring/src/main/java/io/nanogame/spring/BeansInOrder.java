package io.nanogame.spring;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The names of beans, sorted by {@link Order @Order}, then by definition. Of a scoped
 * bean only its proxy is listed.
 */
final class BeansInOrder {

	private final ListableBeanFactory beans;

	BeansInOrder(ListableBeanFactory beans) {
		this.beans = beans;
	}

	List<String> annotatedWith(Class<? extends Annotation> annotation) {
		return sorted(this.beans.getBeanNamesForAnnotation(annotation));
	}

	List<String> ofType(Class<?> type) {
		return sorted(this.beans.getBeanNamesForType(type));
	}

	private List<String> sorted(String[] names) {
		return Arrays.stream(names)
			.filter((name) -> !ScopedProxyUtils.isScopedTarget(name))
			.sorted(Comparator.comparingInt(this::order))
			.toList();
	}

	private int order(String name) {
		if (this.beans.isTypeMatch(name, Ordered.class)) {
			return this.beans.getBean(name, Ordered.class).getOrder();
		}
		Order order = this.beans.findAnnotationOnBean(name, Order.class);
		return (order != null) ? order.value() : Ordered.LOWEST_PRECEDENCE;
	}

}
