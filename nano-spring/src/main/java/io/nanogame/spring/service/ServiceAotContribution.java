package io.nanogame.spring.service;

import java.lang.reflect.Method;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragments;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragmentsDecorator;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.javapoet.ClassName;

/**
 * Contributes code and hints for a bean that calls or implements services.
 *
 * @param called the interface of the service that it calls, or null
 * @param offered the interfaces of the services that it implements
 */
record ServiceAotContribution(@Nullable Class<?> called,
		List<Class<?>> offered) implements BeanRegistrationAotContribution {

	/**
	 * Generates the code in the package of the interface, which may be package-private.
	 */
	@Override
	public BeanRegistrationCodeFragments customizeBeanRegistrationCodeFragments(GenerationContext context,
			BeanRegistrationCodeFragments fragments) {
		Class<?> type = this.called;
		return (type == null) ? fragments : new BeanRegistrationCodeFragmentsDecorator(fragments) {
			@Override
			public ClassName getTarget(RegisteredBean bean) {
				return ClassName.get(type);
			}
		};
	}

	@Override
	public void applyTo(GenerationContext context, BeanRegistrationCode code) {
		RuntimeHints hints = context.getRuntimeHints();
		if (this.called != null) {
			hints.proxies().registerJdkProxy(this.called);
			register(this.called, hints);
		}
		this.offered.forEach((type) -> register(type, hints));
	}

	private static void register(Class<?> type, RuntimeHints hints) {
		BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();
		for (Method method : type.getMethods()) {
			hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
			binding.registerReflectionHints(hints.reflection(), method.getGenericParameterTypes());
			binding.registerReflectionHints(hints.reflection(), method.getGenericReturnType());
		}
	}

}
