package io.nanogame.boot.autoconfigure.web;

import io.nanogame.boot.autoconfigure.NanoProperties;
import io.nanogame.server.GameServer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Fails the start of an app that sets {@code nano.web.path} without a web server that can
 * serve it.
 */
@AutoConfiguration(after = { NanoServletAutoConfiguration.class, NanoReactiveAutoConfiguration.class })
@ConditionalOnBean(GameServer.class)
@Conditional(GamePath.class)
public final class NanoWebPathAutoConfiguration {

	private static InvalidConfigurationPropertyValueException unusable(NanoProperties properties, String reason) {
		return new InvalidConfigurationPropertyValueException(GamePath.KEY, properties.web().path(), reason);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnNotWebApplication
	static class WithoutWebServer {

		WithoutWebServer(NanoProperties properties) {
			throw unusable(properties, "This app has no web server. Add spring-boot-starter-websocket or "
					+ "spring-boot-starter-webflux, or remove the path to serve the game on its own port only.");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnMissingBean(type = "io.nanogame.spring.web.servlet.GameWebSocketHandler")
	static class WithoutServletWebSockets {

		WithoutServletWebSockets(NanoProperties properties) {
			throw unusable(properties, "The web server of this app has no WebSockets. Add "
					+ "spring-boot-starter-websocket, or remove the path to serve the game on its own port only.");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	@ConditionalOnMissingBean(type = "io.nanogame.spring.web.reactive.GameWebSocketTakeover")
	static class WithoutReactorNetty {

		WithoutReactorNetty(NanoProperties properties) {
			throw unusable(properties, "In a WebFlux app the game needs Reactor Netty as the web server. Add "
					+ "spring-boot-starter-reactor-netty, or remove the path to serve the game on its own port only.");
		}

	}

}
