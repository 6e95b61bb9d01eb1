package io.nanogame.spring;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.nanogame.route.Request;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Subscribes to the {@code Mono} of a handler, and so converts it to a stage for the
 * engine.
 */
final class MonoResult {

	private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

	private final List<ReactorContextWriter> writers;

	MonoResult(List<ReactorContextWriter> writers) {
		this.writers = writers;
	}

	/**
	 * Adapts a handle, so that it returns a stage.
	 * @param target accepts a request, returns a {@code Mono}
	 */
	MethodHandle adapt(MethodHandle target) throws ReflectiveOperationException {
		MethodHandle subscribe = LOOKUP
			.findVirtual(MonoResult.class, "subscribe",
					MethodType.methodType(CompletableFuture.class, Mono.class, Request.class))
			.bindTo(this);
		return MethodHandles.foldArguments(subscribe, target);
	}

	@Nullable CompletableFuture<?> subscribe(@Nullable Mono<?> mono, Request request) {
		if (mono == null) {
			return null;
		}
		return (this.writers.isEmpty() ? mono : mono.contextWrite((context) -> write(request, context))).toFuture();
	}

	private Context write(Request request, Context context) {
		Context written = context;
		for (ReactorContextWriter writer : this.writers) {
			written = writer.write(request, written);
		}
		return written;
	}

}
