package io.nanogame.boot.autoconfigure.web;

import java.util.Map;

import io.nanogame.boot.autoconfigure.NanoProperties;
import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.server.GameServer;
import io.nanogame.spring.web.reactive.GameWebSocketTakeover;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

/**
 * Serves the game's WebSocket on the port of a WebFlux app on Reactor Netty.
 */
@AutoConfiguration(after = NanoServerAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass({ DispatcherHandler.class, HttpServer.class })
@ConditionalOnBean(GameServer.class)
@Conditional(GamePath.class)
public final class NanoReactiveAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	GameWebSocketTakeover nanoWebSocketTakeover(GameServer server, NanoProperties properties) {
		return new GameWebSocketTakeover(server, GamePath.protocols(properties, server), GamePath.origins(properties),
				GamePath.subprotocols(properties));
	}

	@Bean
	SimpleUrlHandlerMapping nanoWebSocketHandlerMapping(GameWebSocketTakeover takeover, NanoProperties properties) {
		return new SimpleUrlHandlerMapping(Map.of(GamePath.of(properties), takeover), Ordered.HIGHEST_PRECEDENCE + 100);
	}

}
