package io.nanogame.boot.test;

import java.util.List;

import io.nanogame.boot.autoconfigure.GameServerBuilderCustomizer;
import io.nanogame.boot.autoconfigure.NanoAutoConfiguration;
import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.server.GameServerBuilder;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Tests of the messages when there is no server to connect to. */
class NanoTestClientAutoConfigurationTests {

	private final ApplicationContextRunner app = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(NanoAutoConfiguration.class, NanoServerAutoConfiguration.class,
				NanoTestClientAutoConfiguration.class))
		.withPropertyValues("nano.server.port=0");

	@Test
	void withoutAServer() {
		this.app.withPropertyValues("nano.enabled=false")
			.run((context) -> assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(NanoTestClient.class).connect())
				.withMessage("There is no game server to connect to. Is nano.enabled false?"));
	}

	@Test
	void withoutAPort() {
		this.app.withBean(GameServerBuilderCustomizer.class, () -> (builder) -> builder.listeners(List.of()))
			.run((context) -> assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(NanoTestClient.class).connect())
				.withMessage("The game server has no port to connect to, or does not run"));
	}

}
