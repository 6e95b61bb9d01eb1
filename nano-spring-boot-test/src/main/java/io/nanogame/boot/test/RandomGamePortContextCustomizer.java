package io.nanogame.boot.test;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;

/**
 * Sets {@code nano.server.port}, and the ports of the named listeners, to 0: with
 * precedence over the files of the application, but not over the properties of the test.
 * A record, because Spring's context cache compares customizers.
 */
record RandomGamePortContextCustomizer() implements ContextCustomizer {

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		MutablePropertySources sources = context.getEnvironment().getPropertySources();
		MapPropertySource randomPorts = randomPorts(context.getEnvironment());
		String testProperties = TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME;
		if (sources.contains(testProperties)) {
			sources.addAfter(testProperties, randomPorts);
		}
		else {
			sources.addFirst(randomPorts);
		}
	}

	private static MapPropertySource randomPorts(Environment environment) {
		Map<String, Object> ports = new HashMap<>();
		ports.put("nano.server.port", "0");
		Binder.get(environment)
			.bind("nano.listeners", Bindable.mapOf(String.class, Object.class))
			.ifBound((listeners) -> listeners.keySet()
				.forEach((name) -> ports.put("nano.listeners" + element(name) + ".port", "0")));
		return new MapPropertySource("nano random port", ports);
	}

	/** In brackets if a name has other signs, dots above all. */
	private static String element(String name) {
		return name.matches("[A-Za-z0-9-]+") ? "." + name : "[" + name + "]";
	}

}
