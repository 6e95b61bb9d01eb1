package io.nanogame.boot.test;

import java.util.Map;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;

/**
 * Sets {@code nano.server.port} to 0: with precedence over the files of the application,
 * but not over the properties of the test. A record, because Spring's context cache
 * compares customizers.
 */
record RandomGamePortContextCustomizer() implements ContextCustomizer {

	private static final MapPropertySource RANDOM_PORT = new MapPropertySource("nano random port",
			Map.of("nano.server.port", "0"));

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		MutablePropertySources sources = context.getEnvironment().getPropertySources();
		String testProperties = TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME;
		if (sources.contains(testProperties)) {
			sources.addAfter(testProperties, RANDOM_PORT);
		}
		else {
			sources.addFirst(RANDOM_PORT);
		}
	}

}
