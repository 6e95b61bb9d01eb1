package io.nanogame.boot.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import io.nanogame.net.Listener;
import io.nanogame.server.GameServer;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Publishes the bound ports of the game server as properties, like the ports of web
 * servers, before other event listeners run: {@value #PROPERTY} for the first one, and
 * {@code local.nano.listeners.<name>.port} for each named one.
 */
final class LocalPort implements ApplicationListener<NanoServerStartedEvent>, Ordered {

	static final String PROPERTY = "local.nano.port";

	/** The name of Boot's property source of {@code local.server.port}. */
	private static final String SOURCE = "server.ports";

	private final ApplicationContext context;

	LocalPort(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void onApplicationEvent(NanoServerStartedEvent event) {
		for (ApplicationContext at = this.context; at != null && event.port() >= 0; at = at.getParent()) {
			if (at instanceof ConfigurableApplicationContext configurable) {
				publish(event.server(), ports(configurable.getEnvironment().getPropertySources()));
			}
		}
	}

	private static void publish(GameServer server, Map<String, Object> ports) {
		ports.put(PROPERTY, server.port());
		server.listeners()
			.stream()
			.filter((name) -> !name.equals(Listener.DEFAULT_NAME))
			.forEach((name) -> ports.put("local.nano.listeners." + name + ".port", server.port(name)));
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
