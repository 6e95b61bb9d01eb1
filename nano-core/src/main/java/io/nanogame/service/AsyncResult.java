package io.nanogame.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A return type of service methods whose value is completed later. It has one type
 * argument, the type of the value. {@link #STAGE} is always supported.
 */
public interface AsyncResult {

	/** Supports {@code CompletionStage} and {@code CompletableFuture}. */
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
	 * Returns whether a return type is of this kind.
	 * @param type the return type of a method
	 * @return true for types that {@link #fromCall} creates
	 */
	boolean isReturnType(Class<?> type);

	/**
	 * Converts the result of a method to a stage. Called on the service's lane.
	 * @param result a result of that type
	 * @return completes with its value; cancelled when the caller no longer waits
	 */
	CompletionStage<?> toStage(Object result);

	/**
	 * Creates the result that a caller receives.
	 * @param call starts a call each time it is invoked; cancelling its result cancels
	 * the call
	 * @return a result of that type
	 */
	Object fromCall(Supplier<CompletableFuture<@Nullable Object>> call);

}
