package io.nanogame.benchmarks.server;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** An app as users write it: the starter, metrics on, no setting that helps. */
@SpringBootApplication
class StarterApplication {

	static int start() {
		SpringApplication application = new SpringApplication(StarterApplication.class);
		application.setDefaultProperties(Map.of("nano.server.port", 0, "nano.server.address", "127.0.0.1",
				"nano.heartbeat", "600s", "spring.main.banner-mode", "off", "logging.level.root", "warn",
				// A storm is quicker than one client process can read.
				"nano.push.high-water-mark", "64MB"));
		ConfigurableApplicationContext context = application.run();
		return context.getEnvironment().getProperty("local.nano.port", Integer.class, 0);
	}

}
