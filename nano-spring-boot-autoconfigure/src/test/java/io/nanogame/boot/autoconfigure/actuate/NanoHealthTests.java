package io.nanogame.boot.autoconfigure.actuate;

import java.util.List;
import java.util.Map;

import io.nanogame.boot.autoconfigure.GameRunner;
import io.nanogame.boot.autoconfigure.GameServerBuilderCustomizer;
import io.nanogame.boot.autoconfigure.NanoServerLifecycle;
import io.nanogame.server.GameServer;
import io.nanogame.server.GameServerBuilder;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class NanoHealthTests {

	private final ApplicationContextRunner app = GameRunner.create()
		.withConfiguration(AutoConfigurations.of(NanoHealthAutoConfiguration.class));

	@Test
	void aRunningServerIsUpWithItsPort() {
		this.app.run((context) -> {
			Health health = context.getBean(HealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).isEqualTo(Map.of("port", context.getBean(GameServer.class).port()));
		});
	}

	@Test
	void aServerWithoutAPortIsUp() {
		this.app.withBean(GameServerBuilderCustomizer.class, () -> (builder) -> builder.listeners(List.of()))
			.run((context) -> {
				assertThat(context.getBean(GameServer.class).port()).isNegative();
				assertThat(context.getBean(HealthIndicator.class).health()).isEqualTo(Health.up().build());
				assertThat(context.getEnvironment().containsProperty("local.nano.port")).isFalse();
				context.getBean(NanoServerLifecycle.class).stop();
				assertThat(context.getBean(HealthIndicator.class).health().getStatus()).isEqualTo(Status.DOWN);
			});
	}

	@Test
	void aStoppedServerIsDown() {
		this.app.run((context) -> {
			context.getBean(NanoServerLifecycle.class).stop();
			assertThat(context.getBean(HealthIndicator.class).health().getStatus()).isEqualTo(Status.DOWN);
		});
	}

	@Test
	void itCanBeSwitchedOff() {
		this.app.withPropertyValues("management.health.nano.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void itIsNotThereWithoutAServer() {
		this.app.withPropertyValues("nano.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void anIndicatorOfTheAppWins() {
		HealthIndicator own = () -> Health.up().build();
		this.app.withBean("nanoHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context.getBean(HealthIndicator.class)).isSameAs(own));
	}

}
