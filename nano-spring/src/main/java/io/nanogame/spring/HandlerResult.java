package io.nanogame.spring;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapterRegistry;

/**
 * The type a handler returns, and how such a value becomes one that the engine
 * understands.
 *
 * @param type the declared type, void included
 */
record HandlerResult(Class<?> type) {

	/**
	 * The result of a handler.
	 * @param method the handler
	 * @throws InvalidHandlerException when it could not be sent as one answer
	 */
	static HandlerResult of(HandlerMethod method) {
		HandlerResult result = new HandlerResult(method.resultType());
		if (!result.isLegal()) {
			throw method.invalid("its result cannot be " + result.type.getSimpleName());
		}
		return result;
	}

	static boolean isAsynchronous(Class<?> type) {
		return Future.class.isAssignableFrom(type)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

	private boolean isLegal() {
		return completesLater() || !(isAsynchronous(this.type) || this.type == Optional.class
				|| BaseStream.class.isAssignableFrom(this.type));
	}

	private boolean isMono() {
		return Mono.class.isAssignableFrom(this.type);
	}

	boolean completesLater() {
		return isMono() || CompletionStage.class.isAssignableFrom(this.type);
	}

	/**
	 * A handle that returns what a route handler may return.
	 * @param target returns a value of the declared type, or, through a proxy, of a more
	 * general one
	 */
	MethodHandle adapt(MethodHandle target) throws ReflectiveOperationException {
		if (!isMono()) {
			return target;
		}
		MethodHandle future = MethodHandles.lookup()
			.findStatic(HandlerResult.class, "future", MethodType.methodType(CompletableFuture.class, Mono.class));
		return MethodHandles.filterReturnValue(target.asType(target.type().changeReturnType(Mono.class)), future);
	}

	private static @Nullable CompletableFuture<?> future(@Nullable Mono<?> mono) {
		return (mono != null) ? mono.toFuture() : null;
	}

}
