package io.nanogame.boot.autoconfigure.web;

import java.util.Map;

import io.nanogame.boot.autoconfigure.ClientFilters;
import io.nanogame.boot.autoconfigure.NanoProperties;
import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.server.GameServer;
import io.nanogame.spring.web.reactive.GameWebSocketTakeover;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.BeanFactory;
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
	GameWebSocketTakeover nanoWebSocketTakeover(GameServer server, NanoProperties properties, BeanFactory beans) {
		return new GameWebSocketTakeover(server, GamePath.clients(properties, server, ClientFilters.of(beans)));
	}

	@Bean
	SimpleUrlHandlerMapping nanoWebSocketHandlerMapping(GameWebSocketTakeover takeover, NanoProperties properties) {
		return new SimpleUrlHandlerMapping(Map.of(GamePath.of(properties), takeover), Ordered.HIGHEST_PRECEDENCE + 100);
	}

}
