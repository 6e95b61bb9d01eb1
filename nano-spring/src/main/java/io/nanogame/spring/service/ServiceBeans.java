package io.nanogame.spring.service;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.nanogame.service.NanoService;
import io.nanogame.service.Offer;
import io.nanogame.service.Services;
import io.nanogame.spring.ConstraintAnnotations;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.validation.annotation.Validated;

/**
 * Offers the beans that implement a {@link NanoService} interface, including their
 * proxies. Not thread-safe.
 */
public final class ServiceBeans {

	private final ListableBeanFactory beans;

	private final Services services;

	private final List<Offer<?>> offers = new ArrayList<>();

	public ServiceBeans(ListableBeanFactory beans, Services services) {
		this.beans = beans;
		this.services = services;
	}

	/**
	 * Offers all beans.
	 * @throws InvalidServiceException when an interface cannot be a service, two beans
	 * implement one service, a bean is not a singleton, has the annotation at its class,
	 * or has constraints that are not checked
	 */
	public void offer() {
		for (String name : this.beans.getBeanNamesForAnnotation(NanoService.class)) {
			if (!ScopedProxyUtils.isScopedTarget(name)) {
				offer(name);
			}
		}
	}

	private void offer(String name) {
		if (!this.beans.isSingleton(name)) {
			throw new InvalidServiceException(name,
					"it must be a singleton, or its scope must give it a proxy (proxyMode)", null);
		}
		Object bean = this.beans.getBean(name);
		if (Services.isCaller(bean)) {
			return;
		}
		List<Class<?>> types = Stream.of(ClassUtils.getAllInterfaces(bean))
			.filter((type) -> type.isAnnotationPresent(NanoService.class))
			.toList();
		if (types.isEmpty()) {
			throw new InvalidServiceException(name,
					"the annotation is at its class, but must be at an interface that it implements", null);
		}
		for (Class<?> type : types) {
			checkConstraints(name, type, bean);
			this.offers.add(offer(name, type, bean));
		}
	}

	/** Rejects constraints, unless Spring's own method validation checks them. */
	private static void checkConstraints(String name, Class<?> type, Object bean) {
		Class<?> user = ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(bean));
		boolean checked = AopUtils.isAopProxy(bean) && AnnotatedElementUtils.hasAnnotation(user, Validated.class);
		if (!checked && Stream.of(type.getMethods())
			.flatMap((method) -> Stream.of(method, ClassUtils.getMostSpecificMethod(method, user)))
			.anyMatch(ConstraintAnnotations::areAt)) {
			throw new InvalidServiceException(name, "its methods have constraints that are not checked; "
					+ "add @Validated to the class, and spring-boot-starter-validation", null);
		}
	}

	private <T> Offer<T> offer(String name, Class<T> type, Object bean) {
		try {
			return this.services.offer(type, type.cast(bean));
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw new InvalidServiceException(name, String.valueOf(ex.getMessage()), ex);
		}
	}

	/** Withdraws all offers. */
	public void withdraw() {
		this.offers.forEach(Offer::close);
		this.offers.clear();
	}

}
