package io.nanogame.spring.service;

import io.nanogame.service.NanoService;
import io.nanogame.service.Services;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Finds the {@link NanoService} interfaces of packages, and makes for each a bean that
 * calls the service, on whatever node it is. The bean is primary, so that it is injected
 * also where this node implements the service: whoever calls it does so through its
 * mailbox.
 */
public final class ServiceCallers {

	private final ClassPathScanningCandidateComponentProvider scanner;

	/**
	 * Looks for interfaces.
	 * @param environment of the application
	 * @param resources finds the classes
	 */
	public ServiceCallers(Environment environment, ResourceLoader resources) {
		this.scanner = new ClassPathScanningCandidateComponentProvider(false, environment) {
			@Override
			protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
				return definition.getMetadata().isInterface() && definition.getMetadata().isIndependent();
			}
		};
		this.scanner.setResourceLoader(resources);
		this.scanner.addIncludeFilter(new AnnotationTypeFilter(NanoService.class, false, true));
	}

	/**
	 * Registers the beans of a package and those below it.
	 * @param basePackage such as that of the application
	 * @param beans where; has a {@link Services} bean later
	 */
	public void register(String basePackage, DefaultListableBeanFactory beans) {
		for (BeanDefinition found : this.scanner.findCandidateComponents(basePackage)) {
			String name = String.valueOf(found.getBeanClassName());
			if (!beans.containsBeanDefinition(name)) {
				beans.registerBeanDefinition(name,
						caller(ClassUtils.resolveClassName(name, beans.getBeanClassLoader())));
			}
		}
	}

	/** Described, not supplied, so that code can be made of it ahead of time. */
	private static BeanDefinition caller(Class<?> type) {
		RootBeanDefinition caller = new RootBeanDefinition(ServiceCaller.class);
		caller.setTargetType(ResolvableType.forClassWithGenerics(ServiceCaller.class, type));
		// For look-ups by type, which otherwise create the bean, in the middle of others.
		caller.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, type);
		caller.getConstructorArgumentValues().addIndexedArgumentValue(0, type);
		caller.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
		caller.setPrimary(true);
		return caller;
	}

}
