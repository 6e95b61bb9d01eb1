package io.nanogame.boot.autoconfigure.web;

import io.nanogame.boot.autoconfigure.NanoProperties;
import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.server.GameServer;
import io.nanogame.spring.web.servlet.GameWebSocketConfigurer;
import io.nanogame.spring.web.servlet.GameWebSocketHandler;
import jakarta.websocket.Session;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.config.annotation.ServletWebSocketHandlerRegistry;

/**
 * Serves the game's WebSocket on the port of the servlet container.
 */
@AutoConfiguration(after = NanoServerAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass({ DispatcherServlet.class, ServletWebSocketHandlerRegistry.class, Session.class })
@ConditionalOnBean(GameServer.class)
@Conditional(GamePath.class)
public final class NanoServletAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	GameWebSocketHandler nanoWebSocketHandler(GameServer server, Lanes lanes, Timers timers,
			NanoProperties properties) {
		return new GameWebSocketHandler(server, lanes, timers, GamePath.protocols(properties, server));
	}

	/**
	 * Replaces {@code @EnableWebSocket}, whose scheduler bean for SockJS would conflict
	 * with the app's own scheduler.
	 */
	@Bean
	HandlerMapping nanoWebSocketHandlerMapping(GameWebSocketHandler handler, NanoProperties properties) {
		ServletWebSocketHandlerRegistry registry = new ServletWebSocketHandlerRegistry();
		new GameWebSocketConfigurer(handler, GamePath.of(properties), GamePath.origins(properties),
				GamePath.subprotocols(properties))
			.registerWebSocketHandlers(registry);
		return registry.getHandlerMapping();
	}

}
