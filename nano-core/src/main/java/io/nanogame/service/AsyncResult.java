package io.nanogame.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A type that methods of services may return whose value comes later. It has one type
 * argument, that of the value. {@link #STAGE} is always known.
 */
public interface AsyncResult {

	/** {@code CompletionStage} and {@code CompletableFuture}. */
	AsyncResult STAGE = new AsyncResult() {

		@Override
		public boolean isReturnType(Class<?> type) {
			return type == CompletionStage.class || type == CompletableFuture.class;
		}

		@Override
		public CompletionStage<?> toStage(Object result) {
			return (CompletionStage<?>) result;
		}

		@Override
		public Object fromCall(Supplier<CompletableFuture<@Nullable Object>> call) {
			return call.get();
		}

	};

	/**
	 * Whether methods that return a type have such a result.
	 * @param type what a method returns
	 * @return true for types that {@link #fromCall} makes
	 */
	boolean isReturnType(Class<?> type);

	/**
	 * What a method has returned, as a stage. On the service's lane.
	 * @param result of that type
	 * @return completes with its value; cancelled when nobody waits any longer
	 */
	CompletionStage<?> toStage(Object result);

	/**
	 * What a caller gets.
	 * @param call calls, each time it is asked; cancelling its result ends the call
	 * @return of that type
	 */
	Object fromCall(Supplier<CompletableFuture<@Nullable Object>> call);

}
