package io.nanogame.boot.autoconfigure.cluster.compose;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;

import io.nanogame.boot.autoconfigure.cluster.NatsConnectionDetails;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class NatsDockerComposeTests {

	@ParameterizedTest
	@ValueSource(strings = { "nats", "nats:2.12-alpine", "bitnami/nats:2" })
	void aServiceOfTheImageIsWhereNatsIs(String image) throws Exception {
		NatsConnectionDetails nats = details(new Service(image, Map.of()));
		assertThat(nats).isNotNull();
		assertThat(nats.servers()).containsExactly("nats://127.0.0.1:32768");
		assertThat(nats.username()).isNull();
		assertThat(nats.password()).isNull();
		assertThat(nats.token()).isNull();
		assertThat(nats.credentials()).isNull();
		assertThat(nats.sslBundle()).isNull();
	}

	@Test
	void itsVariablesSayHowToLogIn() throws Exception {
		NatsConnectionDetails nats = details(new Service("bitnami/nats",
				Map.of("NATS_USERNAME", "nano", "NATS_PASSWORD", "secret", "NATS_TOKEN", "sesame")));
		assertThat(nats).isNotNull();
		assertThat(
				List.of(String.valueOf(nats.username()), String.valueOf(nats.password()), String.valueOf(nats.token())))
			.containsExactly("nano", "secret", "sesame");
	}

	@Test
	void anotherServiceIsNotNats() throws Exception {
		assertThat(details(new Service("redis:8", Map.of()))).isNull();
	}

	/** Finds the details as Boot does; only Boot can create their source. */
	private static @Nullable NatsConnectionDetails details(RunningService service) throws Exception {
		Constructor<DockerComposeConnectionSource> constructor = DockerComposeConnectionSource.class
			.getDeclaredConstructor(RunningService.class, Environment.class);
		constructor.setAccessible(true);
		Map<Class<?>, ConnectionDetails> found = new ConnectionDetailsFactories(null)
			.getConnectionDetails(constructor.newInstance(service, new MockEnvironment()), false);
		return (NatsConnectionDetails) found.get(NatsConnectionDetails.class);
	}

	private record Service(String imageName, Map<String, @Nullable String> env) implements RunningService {

		@Override
		public String name() {
			return "nats";
		}

		@Override
		public ImageReference image() {
			return ImageReference.of(this.imageName);
		}

		@Override
		public String host() {
			return "127.0.0.1";
		}

		@Override
		public ConnectionPorts ports() {
			return new ConnectionPorts() {

				@Override
				public int get(int containerPort) {
					assertThat(containerPort).isEqualTo(4222);
					return 32768;
				}

				@Override
				public List<Integer> getAll() {
					return List.of(32768);
				}

				@Override
				public List<Integer> getAll(@Nullable String protocol) {
					return getAll();
				}

			};
		}

		@Override
		public Map<String, String> labels() {
			return Map.of();
		}

	}

}
