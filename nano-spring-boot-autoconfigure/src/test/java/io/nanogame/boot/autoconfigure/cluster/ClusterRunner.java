package io.nanogame.boot.autoconfigure.cluster;

import io.nanogame.boot.autoconfigure.GameRunner;
import io.nanogame.test.NatsServer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Contexts with a node of a cluster.
 */
public final class ClusterRunner {

	private ClusterRunner() {
	}

	public static ApplicationContextRunner create(NatsServer nats) {
		return create(nats.url());
	}

	public static ApplicationContextRunner create(String nats) {
		return GameRunner.create()
			.withConfiguration(AutoConfigurations.of(NanoClusterAutoConfiguration.class))
			.withPropertyValues("nano.cluster.enabled=true", "nano.cluster.servers=" + nats,
					"nano.cluster.connect-timeout=5s", "nano.cluster.heartbeat=200ms");
	}

}
