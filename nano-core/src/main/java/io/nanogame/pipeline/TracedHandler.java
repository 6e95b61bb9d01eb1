package io.nanogame.pipeline;

import java.util.concurrent.CompletionStage;

import io.nanogame.route.Request;
import io.nanogame.route.RouteHandler;
import io.nanogame.trace.Span;
import io.nanogame.trace.Tracing;
import org.jspecify.annotations.Nullable;

/**
 * Runs a handler in a span of its own, which ends when the result is complete.
 */
public final class TracedHandler implements RouteHandler {

	private final RouteHandler handler;

	private final Tracing tracing;

	private TracedHandler(RouteHandler handler, Tracing tracing) {
		this.handler = handler;
		this.tracing = tracing;
	}

	/**
	 * Wraps a handler in a span.
	 * @param handler the handler
	 * @param tracing creates the spans
	 * @return the handler itself when tracing is off
	 */
	public static RouteHandler of(RouteHandler handler, Tracing tracing) {
		return (tracing != Tracing.NONE) ? new TracedHandler(handler, tracing) : handler;
	}

	@Override
	public @Nullable Object handle(Request request) throws Exception {
		Span span = this.tracing.receive(request.route(), request.headers());
		Span.Scope scope = span.enter();
		try {
			Object result = this.handler.handle(request);
			if (result instanceof CompletionStage<?> stage) {
				stage.whenComplete((value, failure) -> span.endWith(failure));
			}
			else {
				span.end(null);
			}
			return result;
		}
		catch (Throwable ex) {
			span.endWith(ex);
			throw ex;
		}
		finally {
			scope.close();
		}
	}

}
