package io.nanogame.boot.autoconfigure;

import java.util.List;
import java.util.Map;

import io.nanogame.server.GameServer;
import io.nanogame.test.RawClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Optional libraries that an app lacks, one at a time. {@code StarterOnlyTests} lack all.
 */
class MissingLibraryTests {

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.actuate", "org.springframework.boot.health", "io.micrometer",
			"org.springframework.boot.micrometer", "com.google.protobuf", "jakarta.validation",
			"org.springframework.boot.validation", "org.springframework.web.socket", "jakarta.websocket",
			"org.springframework.web", "jakarta.servlet", "reactor.netty.http", "org.springframework.security",
			"org.springframework.transaction", "io.nanogame.cluster", "io.nats" })
	void theServerServesWithout(String missing) {
		new ApplicationContextRunner().withClassLoader(new FilteredClassLoader(missing))
			.withUserConfiguration(App.class)
			.withPropertyValues("nano.server.port=0", "nano.server.address=127.0.0.1")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				try (RawClient client = RawClient.tcp(context.getBean(GameServer.class).port()).handshake()) {
					client.request(1, "room.greet", "{\"name\":\"Ada\"}");
					assertThat(client.readResponse(1)).contains("Hello Ada");
				}
			});
	}

	@Test
	void aClusterNeedsItsModule() {
		new ApplicationContextRunner().withClassLoader(new FilteredClassLoader("io.nanogame.cluster", "io.nats"))
			.withUserConfiguration(App.class)
			.withPropertyValues("nano.server.port=0", "nano.server.address=127.0.0.1", "nano.cluster.enabled=true")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("io.nanogame:nano-cluster-nats"));
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ WithoutOtherConfigurations.class, Room.class })
	static class App {

	}

	/** The auto-configurations of the missing library would be missing, too. */
	static class WithoutOtherConfigurations extends AutoConfigurationImportSelector {

		@Override
		protected AnnotationAttributes getAttributes(AnnotationMetadata metadata) {
			return new AnnotationAttributes(Map.of("exclude", new String[0], "excludeName", new String[0]));
		}

		@Override
		protected List<String> getCandidateConfigurations(AnnotationMetadata metadata,
				@Nullable AnnotationAttributes attributes) {
			return super.getCandidateConfigurations(metadata, attributes).stream()
				.filter((name) -> name.startsWith("io.nanogame.")
						|| name.startsWith("org.springframework.boot.autoconfigure."))
				.toList();
		}

	}

}
