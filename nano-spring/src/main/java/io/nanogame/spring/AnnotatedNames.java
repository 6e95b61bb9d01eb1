package io.nanogame.spring;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.StringValueResolver;

/**
 * The names that annotations give, with their placeholders and expressions resolved as
 * Spring does everywhere else.
 */
public final class AnnotatedNames {

	private final @Nullable StringValueResolver resolver;

	/**
	 * The names of an application.
	 * @param beans those of the application; a factory that resolves nothing leaves names
	 * as they are
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
	 * @param written what stands in an annotation
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
		// Without a PropertySourcesPlaceholderConfigurer Spring leaves it there.
		if (resolved.contains("${")) {
			throw new IllegalArgumentException("Could not resolve the placeholder in \"%s\"".formatted(written));
		}
		return resolved;
	}

}
