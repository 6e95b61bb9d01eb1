package io.nanogame.boot.autoconfigure.web;

import io.nanogame.boot.autoconfigure.ClientFilters;
import io.nanogame.boot.autoconfigure.NanoProperties;
import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.server.GameServer;
import io.nanogame.spring.web.servlet.GameWebSocketConfigurer;
import io.nanogame.spring.web.servlet.GameWebSocketHandler;
import jakarta.websocket.Session;

import org.springframework.beans.factory.BeanFactory;
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
	GameWebSocketHandler nanoWebSocketHandler(GameServer server, Lanes lanes, Timers timers, NanoProperties properties,
			BeanFactory beans) {
		return new GameWebSocketHandler(server, lanes, timers,
				GamePath.clients(properties, server, ClientFilters.of(beans)));
	}

	/**
	 * Replaces {@code @EnableWebSocket}, whose scheduler bean for SockJS would conflict
	 * with the app's own scheduler.
	 */
	@Bean
	HandlerMapping nanoWebSocketHandlerMapping(GameWebSocketHandler handler) {
		ServletWebSocketHandlerRegistry registry = new ServletWebSocketHandlerRegistry();
		new GameWebSocketConfigurer(handler).registerWebSocketHandlers(registry);
		return registry.getHandlerMapping();
	}

}
