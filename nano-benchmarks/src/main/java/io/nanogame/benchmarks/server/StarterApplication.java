package io.nanogame.benchmarks.server;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.env.Environment;

/** An app as users write it: the starter with metrics, without tuning. */
@SpringBootApplication
class StarterApplication {

	static int start() {
		return run(WebApplicationType.NONE, Map.of()).getProperty("local.nano.port", Integer.class, 0);
	}

	/** Starts the game on the port of a web server. */
	static int start(WebApplicationType type) {
		return run(type, Map.of("server.port", 0, "server.tomcat.max-connections", 30_000, "nano.web.path", "/nano"))
			.getProperty("local.server.port", Integer.class, 0);
	}

	private static Environment run(WebApplicationType type, Map<String, Object> more) {
		SpringApplication application = new SpringApplication(StarterApplication.class);
		application.setWebApplicationType(type);
		Map<String, Object> properties = new HashMap<>(more);
		properties.putAll(Map.of("nano.server.port", 0, "nano.server.address", "127.0.0.1", "nano.heartbeat", "600s",
				"nano.room.client-access", true, "spring.main.banner-mode", "off", "logging.level.root", "warn",
				// A storm is faster than one client process can read.
				"nano.push.high-water-mark", "64MB"));
		application.setDefaultProperties(properties);
		return application.run().getEnvironment();
	}

}
