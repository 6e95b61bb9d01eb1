package io.nanogame.boot.autoconfigure.push;

import io.nanogame.boot.autoconfigure.NanoAutoConfiguration;
import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.group.LocalPushes;
import io.nanogame.group.Pushes;
import io.nanogame.spring.push.InvalidPushApiKeyException;
import io.nanogame.spring.push.PushApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class NanoPushApiAutoConfigurationTests {

	private static final AutoConfigurations GAME = AutoConfigurations.of(SslAutoConfiguration.class,
			NanoAutoConfiguration.class, NanoServerAutoConfiguration.class, NanoPushApiAutoConfiguration.class);

	private static final String[] LOOPBACK = { "nano.server.port=0", "nano.server.address=127.0.0.1" };

	private static final String[] OPEN = { "nano.push-api.enabled=true", "nano.push-api.keys=" + PushCaller.KEY };

	private final ApplicationContextRunner plainApp = new ApplicationContextRunner().withConfiguration(GAME)
		.withPropertyValues(LOOPBACK);

	private final WebApplicationContextRunner servletApp = new WebApplicationContextRunner().withConfiguration(GAME)
		.withPropertyValues(LOOPBACK);

	private final ReactiveWebApplicationContextRunner reactiveApp = new ReactiveWebApplicationContextRunner()
		.withConfiguration(GAME)
		.withPropertyValues(LOOPBACK);

	@Test
	void itIsDisabledByDefault() {
		this.servletApp.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PushApi.class));
		this.plainApp.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void webAppsOfBothKindsHaveIt() {
		this.servletApp.withPropertyValues(OPEN)
			.run((context) -> assertThat(context).hasSingleBean(PushApi.class)
				.getBean("nanoPushApiHandlerMapping")
				.isInstanceOf(org.springframework.web.servlet.handler.SimpleUrlHandlerMapping.class));
		this.reactiveApp.withPropertyValues(OPEN)
			.run((context) -> assertThat(context).hasSingleBean(PushApi.class)
				.getBean("nanoPushApiHandlerMapping")
				.isInstanceOf(org.springframework.web.reactive.handler.SimpleUrlHandlerMapping.class));
	}

	@Test
	void anAppWithoutAWebServerFailsWithTheAction() {
		this.plainApp.withPropertyValues(OPEN)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("nano.push-api.enabled");
					assertThat(ex.getReason()).contains("spring-boot-starter-webmvc");
				}));
	}

	@Test
	void thereAreNoBeansWithoutAGameServer() {
		this.servletApp.withPropertyValues(OPEN)
			.withPropertyValues("nano.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PushApi.class));
	}

	@Test
	void theGameMayPushLikewise() {
		this.plainApp.run((context) -> assertThat(context).getBean(Pushes.class).isInstanceOf(LocalPushes.class));
	}

	@Test
	void withoutAKeyTheAppDoesNotStart() {
		this.servletApp.withPropertyValues("nano.push-api.enabled=true")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(InvalidPushApiKeyException.class));
		this.reactiveApp.withPropertyValues("nano.push-api.enabled=true", "nano.push-api.keys=")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(InvalidPushApiKeyException.class));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nano.push-api.max-body-size       | 1B      | 256 to 16776192 bytes
			nano.push-api.max-body-size       | 16MB    | 256 to 16776192 bytes
			nano.push-api.max-users           | 0       | at least 1
			nano.push-api.requests-per-second | -1      | 0 to 1000000
			nano.push-api.requests-per-second | 1000001 | 0 to 1000000
			""")
	void aValueThatCannotBeIsRefusedByItsKey(String key, String value, String reason) {
		this.servletApp.withPropertyValues(OPEN)
			.withPropertyValues(key + "=" + value)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo(key);
					assertThat(ex.getReason()).contains(reason);
				}));
	}

}
