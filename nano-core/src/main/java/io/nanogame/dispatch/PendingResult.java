package io.nanogame.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.route.Route;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The asynchronous result of a handler, with the means to look at it and to give it up if
 * there are any.
 *
 * @param future null when the stage is none; then it has to complete by itself
 */
record PendingResult(@Nullable CompletableFuture<?> future) {

	private static final Logger log = LoggerFactory.getLogger(PendingResult.class);

	/**
	 * Not every stage is a future, and not every future of a stage is more than a view.
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

	/** Why it failed; null when it did not. Only when it is done. */
	@Nullable Throwable failure() {
		return (this.future != null && this.future.isCompletedExceptionally())
				? this.future.handle((value, failure) -> failure).join() : null;
	}

	/** What it is; null when it has failed. Only when it is done. */
	@Nullable Object value() {
		return (this.future != null && !this.future.isCompletedExceptionally()) ? this.future.getNow(null) : null;
	}

	/** Its end is what the session waits for, so that comes when it completes by this. */
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
