package io.nanogame.boot.autoconfigure.tracing;

import java.util.HashMap;
import java.util.Map;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.nanogame.trace.Tracing;
import org.jspecify.annotations.Nullable;

/**
 * Creates spans by Micrometer Tracing, with the app's exporters.
 */
final class MicrometerTracing implements Tracing {

	private final Tracer tracer;

	private final Propagator propagator;

	MicrometerTracing(Tracer tracer, Propagator propagator) {
		this.tracer = tracer;
		this.propagator = propagator;
	}

	@Override
	public io.nanogame.trace.Span send(String name, String node) {
		Span.Builder builder = this.tracer.spanBuilder().kind(Span.Kind.CLIENT).name(name);
		if (!node.isEmpty()) {
			builder.remoteServiceName(node);
		}
		return new Started(builder.start());
	}

	@Override
	public io.nanogame.trace.Span receive(String name, Map<String, String> headers) {
		return new Started(this.propagator.extract(headers, Map::get).kind(Span.Kind.SERVER).name(name).start());
	}

	private final class Started implements io.nanogame.trace.Span {

		private final Span span;

		Started(Span span) {
			this.span = span;
		}

		@Override
		public Map<String, String> headers() {
			Map<String, String> headers = new HashMap<>(4);
			MicrometerTracing.this.propagator.inject(this.span.context(), headers, Map::put);
			return headers;
		}

		@Override
		public Scope enter() {
			Tracer.SpanInScope scope = MicrometerTracing.this.tracer.withSpan(this.span);
			return scope::close;
		}

		@Override
		public void end(@Nullable String problem) {
			if (problem != null) {
				this.span.tag("error", problem);
			}
			this.span.end();
		}

	}

}
