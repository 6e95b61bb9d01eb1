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
 * Finds the {@link NanoService} interfaces of packages, and registers for each a bean
 * that calls the service on any node. The bean is primary, so that it is injected even if
 * this node implements the service: all calls go through the mailbox.
 */
public final class ServiceCallers {

	private final ClassPathScanningCandidateComponentProvider scanner;

	/**
	 * Creates a scanner for interfaces.
	 * @param environment the environment of the application
	 * @param resources loads the classes
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
	 * @param basePackage the package, such as that of the application
	 * @param beans the bean factory, to which a {@link Services} bean is added later
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

	/**
	 * Describes the bean without an instance supplier, so that code can be generated
	 * ahead of time.
	 */
	private static BeanDefinition caller(Class<?> type) {
		RootBeanDefinition caller = new RootBeanDefinition(ServiceCaller.class);
		caller.setTargetType(ResolvableType.forClassWithGenerics(ServiceCaller.class, type));
		// Without it, look-ups by type create the bean, possibly during the creation of
		// another.
		caller.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, type);
		caller.getConstructorArgumentValues().addIndexedArgumentValue(0, type);
		caller.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
		caller.setPrimary(true);
		return caller;
	}

}
