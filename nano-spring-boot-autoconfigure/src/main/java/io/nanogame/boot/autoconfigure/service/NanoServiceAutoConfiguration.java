package io.nanogame.boot.autoconfigure.service;

import java.time.Duration;
import java.util.List;

import io.nanogame.boot.autoconfigure.NanoAutoConfiguration;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.observe.CallObserver;
import io.nanogame.observe.ServerEvents;
import io.nanogame.route.ErrorMapper;
import io.nanogame.service.Services;
import io.nanogame.spring.AnnotatedNames;
import io.nanogame.spring.service.MonoAnswer;
import io.nanogame.spring.service.ServiceBeans;
import io.nanogame.spring.service.ServiceErrors;
import io.nanogame.trace.Tracing;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Offers the beans that implement a service, and defines beans that call services.
 */
@AutoConfiguration(after = NanoAutoConfiguration.class)
@EnableConfigurationProperties(NanoServiceProperties.class)
@Import(ServiceCallerRegistrar.class)
public final class NanoServiceAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Services nanoServices(Lanes lanes, Timers timers, NanoServiceProperties properties, ListableBeanFactory beans,
			ObjectProvider<ServerEvents> listeners, ObjectProvider<Tracing> tracing) {
		Duration timeout = properties.timeout();
		if (timeout.toMillis() < 1) {
			throw new InvalidConfigurationPropertyValueException("nano.service.timeout", timeout,
					"It must be at least one millisecond.");
		}
		return new Services(lanes, timers, timeout, new AnnotatedNames(beans)::resolve, List.of(new MonoAnswer()),
				lazily(listeners), tracing.getIfAvailable(() -> Tracing.NONE));
	}

	/**
	 * Requests the listeners with the first caller of a service, because they may depend
	 * on services.
	 */
	private static ServerEvents lazily(ObjectProvider<ServerEvents> listeners) {
		return new ServerEvents() {

			@Override
			public @Nullable CallObserver calls(String service) {
				return ServerEvents.of(listeners.orderedStream().toList()).calls(service);
			}

		};
	}

	@Bean
	ServiceLifecycle nanoServiceLifecycle(ListableBeanFactory beans, Services services) {
		return new ServiceLifecycle(new ServiceBeans(beans, services));
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	ErrorMapper nanoServiceErrors() {
		return new ServiceErrors();
	}

}
