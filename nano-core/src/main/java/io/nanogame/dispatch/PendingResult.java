package io.nanogame.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.route.Route;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The asynchronous result of a handler.
 *
 * @param future null when the stage does not support it; it can then be neither inspected
 * nor cancelled
 */
record PendingResult(@Nullable CompletableFuture<?> future) {

	private static final Logger log = LoggerFactory.getLogger(PendingResult.class);

	/**
	 * Not every stage supports {@code toCompletableFuture}, and some return a copy.
	 */
	static PendingResult of(CompletionStage<?> stage) {
		try {
			return new PendingResult(stage.toCompletableFuture());
		}
		catch (RuntimeException ex) {
			return new PendingResult(null);
		}
	}

	boolean isDone() {
		return this.future != null && this.future.isDone();
	}

	/** Returns the failure; null when it succeeded. Requires {@link #isDone()}. */
	@Nullable Throwable failure() {
		return (this.future != null && this.future.isCompletedExceptionally())
				? this.future.handle((value, failure) -> failure).join() : null;
	}

	/** Returns the value; null when it failed. Requires {@link #isDone()}. */
	@Nullable Object value() {
		return (this.future != null && !this.future.isCompletedExceptionally()) ? this.future.getNow(null) : null;
	}

	/** Cancels the result. The session waits for the stage to complete. */
	void cancel(Route route) {
		try {
			if (this.future != null && !this.future.isDone()) {
				this.future.cancel(true);
			}
		}
		catch (Throwable ex) {
			log.error("The result of {} could not be cancelled", route.name(), ex);
		}
	}

}
