package io.nanogame.spring.service;

import java.util.ArrayList;
import java.util.List;

import io.nanogame.service.NanoService;
import io.nanogame.service.Offer;
import io.nanogame.service.Services;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * The beans that implement a {@link NanoService} interface, offered as they are, proxies
 * and all. Not for several threads at once.
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
	 * Offers them all.
	 * @throws IllegalArgumentException when an interface cannot be a service
	 * @throws IllegalStateException when two beans implement one service, or a bean is no
	 * singleton
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
			throw new IllegalStateException(("Bean '%s' implements a @NanoService, so it must be a singleton, "
					+ "or its scope must give it a proxy (proxyMode)")
				.formatted(name));
		}
		Object bean = this.beans.getBean(name);
		if (Services.isCaller(bean)) {
			return;
		}
		for (Class<?> type : ClassUtils.getAllInterfaces(bean)) {
			if (type.isAnnotationPresent(NanoService.class)) {
				this.offers.add(offer(type, bean));
			}
		}
	}

	private <T> Offer<T> offer(Class<T> type, Object bean) {
		return this.services.offer(type, type.cast(bean));
	}

	/** Withdraws them all. */
	public void withdraw() {
		this.offers.forEach(Offer::close);
		this.offers.clear();
	}

}
