package io.nanogame.pipeline;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.pipeline.Interceptor.Next;
import io.nanogame.route.Request;
import io.nanogame.route.RouteHandler;
import org.jspecify.annotations.Nullable;

/**
 * Wraps handlers in interceptors, at startup.
 */
public final class Interceptors {

	private Interceptors() {
	}

	/**
	 * Wraps a handler in interceptors.
	 * @param handler the handler
	 * @param interceptors the outermost first; may be empty
	 * @return the handler itself when there are none
	 */
	public static RouteHandler around(RouteHandler handler, List<Interceptor> interceptors) {
		if (interceptors.isEmpty()) {
			return handler;
		}
		Next next = (request) -> call(handler, request);
		for (int i = interceptors.size() - 1; i >= 0; i--) {
			Interceptor interceptor = interceptors.get(i);
			Next inner = next;
			next = (request) -> call(interceptor, request, inner);
		}
		Next outermost = next;
		return (request) -> {
			request.openRuns();
			return outermost.proceed(request);
		};
	}

	/**
	 * Registers the handler's run with the request, because the session's next message
	 * waits for it even when interceptors complete earlier.
	 */
	@SuppressWarnings("unchecked")
	private static CompletionStage<@Nullable Object> call(RouteHandler handler, Request request) {
		return (CompletionStage<@Nullable Object>) request.openRuns().run(handler, request);
	}

	private static CompletionStage<@Nullable Object> call(Interceptor interceptor, Request request, Next next) {
		try {
			return Objects.requireNonNull(interceptor.intercept(request, next), "An interceptor returned no stage");
		}
		catch (Throwable ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

}
