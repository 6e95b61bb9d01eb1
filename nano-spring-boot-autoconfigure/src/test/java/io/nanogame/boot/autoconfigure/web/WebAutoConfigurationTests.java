package io.nanogame.boot.autoconfigure.web;

import java.util.List;

import io.nanogame.boot.autoconfigure.MuteProtocol;
import io.nanogame.boot.autoconfigure.NanoAutoConfiguration;
import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.UnsuitableListenerException;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.net.ListenerSettings;
import io.nanogame.net.OriginPolicy;
import io.nanogame.net.UpgradeSettings;
import io.nanogame.server.GameServer;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.spring.web.reactive.GameWebSocketTakeover;
import io.nanogame.spring.web.servlet.GameWebSocketHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class WebAutoConfigurationTests {

	private static final AutoConfigurations GAME = AutoConfigurations.of(SslAutoConfiguration.class,
			NanoAutoConfiguration.class, NanoServerAutoConfiguration.class, NanoServletAutoConfiguration.class,
			NanoReactiveAutoConfiguration.class, NanoWebPathAutoConfiguration.class);

	private static final String[] LOOPBACK = { "nano.server.port=0", "nano.server.address=127.0.0.1" };

	private final WebApplicationContextRunner servletApp = new WebApplicationContextRunner().withConfiguration(GAME)
		.withPropertyValues(LOOPBACK);

	private final ReactiveWebApplicationContextRunner reactiveApp = new ReactiveWebApplicationContextRunner()
		.withConfiguration(GAME)
		.withPropertyValues(LOOPBACK);

	@Test
	void aServletAppIsServedByItsContainer() {
		this.servletApp.withPropertyValues("nano.web.path=/game")
			.run((context) -> assertThat(context).hasSingleBean(GameWebSocketHandler.class)
				.doesNotHaveBean(GameWebSocketTakeover.class));
	}

	@Test
	void aReactiveAppIsServedByTakingChannelsOver() {
		this.reactiveApp.withPropertyValues("nano.web.path=/game")
			.run((context) -> assertThat(context).hasSingleBean(GameWebSocketTakeover.class)
				.doesNotHaveBean(GameWebSocketHandler.class));
	}

	@Test
	void thereAreNoBeansWithoutAPath() {
		this.servletApp.run((context) -> assertThat(context).doesNotHaveBean(GameWebSocketHandler.class));
		this.reactiveApp.run((context) -> assertThat(context).doesNotHaveBean(GameWebSocketTakeover.class));
	}

	@Test
	void aPathWithoutAWebServerEndsTheStart() {
		assertRefused(new ApplicationContextRunner().withConfiguration(GAME).withPropertyValues(LOOPBACK),
				"has no web server");
	}

	@Test
	void aPathInTheContainerWithoutWebSocketsEndsTheStart() {
		assertRefused(this.servletApp.withClassLoader(new FilteredClassLoader("org.springframework.web.socket")),
				"spring-boot-starter-websocket");
		assertRefused(this.servletApp.withClassLoader(new FilteredClassLoader("jakarta.websocket")),
				"spring-boot-starter-websocket");
	}

	@Test
	void aPathInAReactiveAppWithoutReactorNettyEndsTheStart() {
		assertRefused(this.reactiveApp.withClassLoader(new FilteredClassLoader("reactor.netty.http")),
				"needs Reactor Netty");
	}

	@Test
	void anEmptyPathIsNone() {
		this.servletApp.withPropertyValues("nano.web.path=")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GameWebSocketHandler.class));
		this.reactiveApp.withPropertyValues("nano.web.path=")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GameWebSocketTakeover.class));
		new ApplicationContextRunner().withConfiguration(GAME)
			.withPropertyValues(LOOPBACK)
			.withPropertyValues("nano.web.path=")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aProtocolThatCannotIntroduceItsClientsIsNoWayAroundTheLogin() {
		assertUnauthenticated(this.servletApp);
		assertUnauthenticated(this.reactiveApp);
	}

	private static <R extends AbstractApplicationContextRunner<R, ?, ?>> void assertUnauthenticated(R app) {
		R mute = app.withBean(Protocol.class, MuteProtocol::new)
			.withPropertyValues("nano.web.path=/game", "nano.web.protocols=mute");
		mute.run((context) -> assertThat(context).hasNotFailed());
		mute.withBean(HandshakeValidator.class, () -> (handshake) -> {
		})
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("nano.web.protocols")
				.hasMessageContaining("cannot identify themselves"));
	}

	@Test
	void aProtocolThatNeedsAPortOfItsOwnIsRejected() {
		assertNeedsAPort(this.servletApp);
		assertNeedsAPort(this.reactiveApp);
	}

	private static <R extends AbstractApplicationContextRunner<R, ?, ?>> void assertNeedsAPort(R app) {
		app.withPropertyValues("nano.web.path=/game", "nano.web.protocols=length-id")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("nano.web.protocols")
				.hasMessageContaining("It needs a port of its own"));
	}

	@Test
	void aProtocolThatCannotBeDetectedIsServedAlone() {
		assertServedAlone(this.servletApp);
		assertServedAlone(this.reactiveApp);
	}

	private static <R extends AbstractApplicationContextRunner<R, ?, ?>> void assertServedAlone(R app) {
		app.withPropertyValues("nano.web.path=/game", "nano.web.protocols=raw")
			.run((context) -> assertThat(context).hasNotFailed());
		app.withPropertyValues("nano.web.path=/game", "nano.web.protocols=json,raw")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(UnsuitableListenerException.class)
				.hasMessage("Listener 'nano.web' serves the protocol 'raw', whose first bytes can be any, "
						+ "beside the protocol 'json'"));
	}

	@Test
	void thereAreNoBeansWithoutAGameServer() {
		this.servletApp.withPropertyValues("nano.web.path=/game", "nano.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GameWebSocketHandler.class));
		this.reactiveApp.withPropertyValues("nano.web.path=/game", "nano.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GameWebSocketTakeover.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "game", "false", "/**", "/{room}", "/game?x=1", "/my game" })
	void aPathThatIsNoneIsRefused(String path) {
		this.servletApp.withPropertyValues("nano.web.path=" + path)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("nano.web.path"));
		this.reactiveApp.withPropertyValues("nano.web.path=" + path)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("nano.web.path"));
	}

	@Test
	void handlersOfTheAppWin() {
		this.servletApp.withPropertyValues("nano.web.path=/game")
			.withUserConfiguration(OwnHandler.class)
			.run((context) -> assertThat(context).hasSingleBean(GameWebSocketHandler.class).hasBean("own"));
		this.reactiveApp.withPropertyValues("nano.web.path=/game")
			.withUserConfiguration(OwnTakeover.class)
			.run((context) -> assertThat(context).hasSingleBean(GameWebSocketTakeover.class).hasBean("own"));
	}

	private static void assertRefused(AbstractApplicationContextRunner<?, ?, ?> app, String reason) {
		app.withPropertyValues("nano.web.path=/game")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("nano.web.path");
					assertThat(ex.getReason()).contains(reason);
				}));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnHandler {

		@Bean
		GameWebSocketHandler own(GameServer server, Lanes lanes, Timers timers) {
			return new GameWebSocketHandler(server, lanes, timers, ListenerSettings.defaults()
				.with(new UpgradeSettings("/nano", OriginPolicy.SAME_HOST, List.of(), 8192, 8192)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTakeover {

		@Bean
		GameWebSocketTakeover own(GameServer server) {
			return new GameWebSocketTakeover(server, ListenerSettings.defaults());
		}

	}

}
