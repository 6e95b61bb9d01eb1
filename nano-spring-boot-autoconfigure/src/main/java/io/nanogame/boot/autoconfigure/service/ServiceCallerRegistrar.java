package io.nanogame.boot.autoconfigure.service;

import io.nanogame.spring.service.ServiceCallers;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Scans the packages of the app for service interfaces.
 */
final class ServiceCallerRegistrar implements ImportBeanDefinitionRegistrar {

	private final BeanFactory beans;

	private final ServiceCallers callers;

	ServiceCallerRegistrar(BeanFactory beans, Environment environment, ResourceLoader resources) {
		this.beans = beans;
		this.callers = new ServiceCallers(environment, resources);
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		if (registry instanceof DefaultListableBeanFactory factory && AutoConfigurationPackages.has(this.beans)) {
			AutoConfigurationPackages.get(this.beans).forEach((name) -> this.callers.register(name, factory));
		}
	}

}
