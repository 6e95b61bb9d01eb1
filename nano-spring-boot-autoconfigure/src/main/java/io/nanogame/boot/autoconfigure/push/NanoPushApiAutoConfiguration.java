package io.nanogame.boot.autoconfigure.push;

import java.util.Map;

import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.group.Pushes;
import io.nanogame.server.GameServer;
import io.nanogame.spring.push.PushApi;
import io.nanogame.spring.push.PushApiKeys;
import io.nanogame.spring.push.PushApiObserver;
import io.nanogame.spring.push.reactive.PushApiWebHandler;
import io.nanogame.spring.push.servlet.PushApiRequestHandler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Serves the push API on the port of the app's web server.
 */
@AutoConfiguration(after = NanoServerAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "nano.push-api.enabled")
@ConditionalOnBean(GameServer.class)
@EnableConfigurationProperties(NanoPushApiProperties.class)
public final class NanoPushApiAutoConfiguration {

	private static final String PATHS = PushApi.PATH + "/**";

	/** Before handlers of the app that match all paths. */
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication
	@ConditionalOnClass(ResponseEntity.class)
	static class Api {

		@Bean
		@ConditionalOnMissingBean
		PushApi nanoPushApi(Pushes pushes, NanoPushApiProperties properties, ObjectProvider<PushApiObserver> observer) {
			return new PushApi(pushes, new PushApiKeys(properties.keys()), properties.limits(),
					observer.getIfAvailable(() -> (target, outcome, nanos) -> {
					}));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnClass(DispatcherServlet.class)
	static class Servlet {

		@Bean
		org.springframework.web.servlet.handler.SimpleUrlHandlerMapping nanoPushApiHandlerMapping(PushApi api) {
			return new org.springframework.web.servlet.handler.SimpleUrlHandlerMapping(
					Map.of(PATHS, new PushApiRequestHandler(api)), ORDER);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	@ConditionalOnClass(DispatcherHandler.class)
	static class Reactive {

		@Bean
		org.springframework.web.reactive.handler.SimpleUrlHandlerMapping nanoPushApiHandlerMapping(PushApi api) {
			return new org.springframework.web.reactive.handler.SimpleUrlHandlerMapping(
					Map.of(PATHS, new PushApiWebHandler(api)), ORDER);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnNotWebApplication
	static class Nowhere {

		Nowhere() {
			throw new InvalidConfigurationPropertyValueException("nano.push-api.enabled", true,
					"This app has no web server. Add spring-boot-starter-webmvc or spring-boot-starter-webflux.");
		}

	}

}
