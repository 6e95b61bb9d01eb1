package io.nanogame.boot.autoconfigure.tracing;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.nanogame.trace.Tracing;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Traces messages through handlers, services and nodes with the app's tracer. Without a
 * tracer there is no cost.
 */
@AutoConfiguration
@ConditionalOnClass(Tracer.class)
public final class NanoTracingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Tracing nanoTracing(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
		Tracer present = tracer.getIfUnique();
		return (present != null && present != Tracer.NOOP)
				? new MicrometerTracing(present, propagator.getIfUnique(() -> Propagator.NOOP)) : Tracing.NONE;
	}

}
