package io.nanogame.spring.service;

import java.util.List;
import java.util.stream.Stream;

import io.nanogame.service.NanoService;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.util.ClassUtils;

/**
 * Generates code for beans that call services, and hints for the interfaces in native
 * images.
 */
final class ServiceAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		Class<?> called = (bean.getBeanClass() == ServiceCaller.class) ? bean.getBeanType().getGeneric(0).resolve()
				: null;
		List<Class<?>> offered = Stream.of(ClassUtils.getAllInterfacesForClass(bean.getBeanClass()))
			.filter((type) -> type.isAnnotationPresent(NanoService.class))
			.toList();
		return (called == null && offered.isEmpty()) ? null : new ServiceAotContribution(called, offered);
	}

}
