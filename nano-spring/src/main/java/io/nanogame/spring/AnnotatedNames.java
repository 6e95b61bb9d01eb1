package io.nanogame.spring;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.StringValueResolver;

/**
 * Resolves placeholders and expressions in names that annotations declare, as Spring does
 * elsewhere.
 */
public final class AnnotatedNames {

	private final @Nullable StringValueResolver resolver;

	/**
	 * Creates a resolver for an application.
	 * @param beans the beans of the application; names are unchanged if the factory
	 * resolves nothing
	 */
	public AnnotatedNames(ListableBeanFactory beans) {
		ConfigurableBeanFactory factory = configurable(beans);
		this.resolver = (factory != null) ? new EmbeddedValueResolver(factory) : null;
	}

	private static @Nullable ConfigurableBeanFactory configurable(ListableBeanFactory beans) {
		if (beans instanceof ConfigurableApplicationContext context) {
			return context.getBeanFactory();
		}
		return (beans instanceof ConfigurableBeanFactory factory) ? factory : null;
	}

	/**
	 * Resolves a name.
	 * @param written the name in an annotation
	 * @return the name; empty when it resolves to nothing
	 * @throws IllegalArgumentException when a placeholder has neither value nor default
	 */
	public String resolve(String written) {
		if (this.resolver == null) {
			return written;
		}
		String resolved = this.resolver.resolveStringValue(written);
		if (resolved == null) {
			return "";
		}
		// Without a PropertySourcesPlaceholderConfigurer Spring does not resolve it.
		if (resolved.contains("${")) {
			throw new IllegalArgumentException("Could not resolve the placeholder in \"%s\"".formatted(written));
		}
		return resolved;
	}

}
