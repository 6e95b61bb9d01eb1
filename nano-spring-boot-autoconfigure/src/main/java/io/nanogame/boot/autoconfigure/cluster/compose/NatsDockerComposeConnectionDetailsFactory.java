package io.nanogame.boot.autoconfigure.cluster.compose;

import java.util.List;

import io.nanogame.boot.autoconfigure.cluster.NatsConnectionDetails;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.ssl.SslBundle;

/**
 * Finds NATS among the services of Docker Compose, by the image {@code nats} or
 * {@code bitnami/nats}. The login is read from the environment variables of Bitnami's
 * image, which the official image ignores.
 */
final class NatsDockerComposeConnectionDetailsFactory
		extends DockerComposeConnectionDetailsFactory<NatsConnectionDetails> {

	private static final int PORT = 4222;

	NatsDockerComposeConnectionDetailsFactory() {
		super(new String[] { "nats", "bitnami/nats" });
	}

	@Override
	protected NatsConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new Details(source.getRunningService());
	}

	private static final class Details extends DockerComposeConnectionDetails implements NatsConnectionDetails {

		private final RunningService service;

		Details(RunningService service) {
			super(service);
			this.service = service;
		}

		@Override
		public List<String> servers() {
			return List.of("nats://%s:%d".formatted(this.service.host(), this.service.ports().get(PORT)));
		}

		@Override
		public @Nullable String username() {
			return this.service.env().get("NATS_USERNAME");
		}

		@Override
		public @Nullable String password() {
			return this.service.env().get("NATS_PASSWORD");
		}

		@Override
		public @Nullable String token() {
			return this.service.env().get("NATS_TOKEN");
		}

		@Override
		public @Nullable SslBundle sslBundle() {
			return getSslBundle(this.service);
		}

	}

}
