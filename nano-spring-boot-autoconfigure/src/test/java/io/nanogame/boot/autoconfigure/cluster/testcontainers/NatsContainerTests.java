package io.nanogame.boot.autoconfigure.cluster.testcontainers;

import io.nanogame.boot.autoconfigure.cluster.ClusterRunner;
import io.nanogame.boot.autoconfigure.cluster.NatsConnectionDetails;
import io.nanogame.cluster.ClusterNode;
import io.nanogame.test.NatsServer;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class NatsContainerTests {

	@Test
	void aContainerWithAServiceConnectionIsWhereNatsIs() {
		ClusterRunner.create("nats://127.0.0.1:1")
			.withConfiguration(AutoConfigurations.of(ServiceConnectionAutoConfiguration.class))
			.withUserConfiguration(Containers.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(NatsConnectionDetails.class);
				NatsServer nats = context.getBean(NatsServer.class);
				assertThat(context.getBean(NatsConnectionDetails.class).servers()).containsExactly(nats.url());
				assertThat(context.getBean(ClusterNode.class).bus().isConnected()).isTrue();
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class Containers {

		@Bean
		NatsServer server() {
			return new NatsServer();
		}

		@Bean
		@ServiceConnection("nats")
		LocalContainer container(NatsServer server) {
			return new LocalContainer(server.port());
		}

	}

	/** A container without a Docker engine: only its address. */
	static final class LocalContainer extends GenericContainer<LocalContainer> {

		private final int port;

		LocalContainer(int port) {
			super("nats:2");
			this.port = port;
		}

		@Override
		public void start() {
		}

		@Override
		public void stop() {
		}

		@Override
		public String getHost() {
			return "127.0.0.1";
		}

		@Override
		public Integer getMappedPort(int originalPort) {
			assertThat(originalPort).isEqualTo(4222);
			return this.port;
		}

	}

}
