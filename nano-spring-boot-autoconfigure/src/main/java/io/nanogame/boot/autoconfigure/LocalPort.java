package io.nanogame.boot.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Makes the real port of the game server a property, {@value #PROPERTY}, beside the ports
 * of web servers; ahead of other listeners.
 */
final class LocalPort implements ApplicationListener<NanoServerStartedEvent>, Ordered {

	static final String PROPERTY = "local.nano.port";

	/** The name Boot gives to the source of {@code local.server.port}. */
	private static final String SOURCE = "server.ports";

	private final ApplicationContext context;

	LocalPort(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void onApplicationEvent(NanoServerStartedEvent event) {
		for (ApplicationContext at = this.context; at != null && event.port() >= 0; at = at.getParent()) {
			if (at instanceof ConfigurableApplicationContext configurable) {
				ports(configurable.getEnvironment().getPropertySources()).put(PROPERTY, event.port());
			}
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> ports(MutablePropertySources sources) {
		@Nullable PropertySource<?> present = sources.get(SOURCE);
		if (present != null) {
			return (Map<String, Object>) present.getSource();
		}
		Map<String, Object> ports = new HashMap<>();
		sources.addFirst(new MapPropertySource(SOURCE, ports));
		return ports;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
