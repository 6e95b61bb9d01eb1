package io.nanogame.spring.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.nanogame.service.AsyncResult;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Supports {@code Mono} as result: each subscription is a call, and cancelling it cancels
 * the call.
 */
public final class MonoAnswer implements AsyncResult {

	@Override
	public boolean isReturnType(Class<?> type) {
		return type == Mono.class;
	}

	@Override
	public CompletionStage<?> toStage(Object result) {
		return ((Mono<?>) result).toFuture();
	}

	@Override
	public Object fromCall(Supplier<CompletableFuture<@Nullable Object>> call) {
		return Mono.fromFuture(call::get);
	}

}
