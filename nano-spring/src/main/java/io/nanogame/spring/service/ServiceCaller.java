package io.nanogame.spring.service;

import io.nanogame.service.Services;

import org.springframework.beans.factory.FactoryBean;

/**
 * Creates the bean that calls a service.
 *
 * @param <T> the service
 */
public final class ServiceCaller<T> implements FactoryBean<T> {

	private final Class<T> type;

	private final Services services;

	/**
	 * Creates a factory of a caller, which finds the service on any node.
	 * @param type the interface of the service
	 * @param services creates the caller
	 */
	public ServiceCaller(Class<T> type, Services services) {
		this.type = type;
		this.services = services;
	}

	@Override
	public T getObject() {
		return this.services.any(this.type);
	}

	@Override
	public Class<T> getObjectType() {
		return this.type;
	}

}
