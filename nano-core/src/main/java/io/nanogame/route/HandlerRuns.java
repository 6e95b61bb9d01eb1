package io.nanogame.route;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of the handler of one request. An interceptor may call the handler more than
 * once or not at all, and its own stage may complete before the handler does. The next
 * message of the session waits for both. For code that wraps handlers, not for games.
 * Thread-safe.
 */
public final class HandlerRuns {

	private static final Logger log = LoggerFactory.getLogger(HandlerRuns.class);

	/** The pending results. Guarded by this. */
	private final List<CompletionStage<?>> results = new ArrayList<>(1);

	/**
	 * The number of unfinished runs, plus one for the message itself. Guarded by this.
	 */
	private int unfinished = 1;

	/** Called when all runs have ended. Guarded by this. */
	private @Nullable Runnable next;

	/** Guarded by this. */
	private boolean cancelled;

	HandlerRuns() {
	}

	/**
	 * Calls the handler.
	 * @param handler the handler
	 * @param request its request
	 * @return its result; failed when it threw, or when the request has timed out and the
	 * handler was not called
	 */
	public CompletionStage<?> run(RouteHandler handler, Request request) {
		if (!begin()) {
			return CompletableFuture.failedFuture(new CancellationException("The time of the request is over"));
		}
		CompletionStage<?> result = null;
		try {
			Object returned = handler.handle(request);
			result = (returned instanceof CompletionStage<?> stage) ? stage
					: CompletableFuture.completedFuture(returned);
			return result;
		}
		catch (Throwable ex) {
			return CompletableFuture.failedFuture(ex);
		}
		finally {
			awaitEnd(result);
		}
	}

	/** Returns false after the end: the next message may already be running. */
	private synchronized boolean begin() {
		if (this.cancelled || this.unfinished == 0) {
			return false;
		}
		this.unfinished++;
		return true;
	}

	private void awaitEnd(@Nullable CompletionStage<?> result) {
		if (result == null || isDone(result)) {
			end();
			return;
		}
		boolean late;
		synchronized (this) {
			this.results.add(result);
			late = this.cancelled;
		}
		try {
			result.whenComplete((value, failure) -> ended(result));
		}
		catch (RuntimeException ex) {
			log.error("The result of a handler does not accept a callback", ex);
			ended(result);
		}
		if (late) {
			cancel(result);
		}
	}

	/** A stage may not support the conversion to a future. */
	private static boolean isDone(CompletionStage<?> result) {
		try {
			return result.toCompletableFuture().isDone();
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	private void ended(CompletionStage<?> result) {
		boolean first;
		synchronized (this) {
			first = this.results.remove(result);
		}
		if (first) {
			end();
		}
	}

	private void end() {
		Runnable last;
		synchronized (this) {
			this.unfinished--;
			last = (this.unfinished == 0) ? this.next : null;
		}
		if (last != null) {
			last.run();
		}
	}

	/**
	 * Marks the message itself as done.
	 * @param afterLastRun called once by the last run, if any run is unfinished
	 * @return true when no run is unfinished, so that the action is not called
	 */
	public synchronized boolean finish(Runnable afterLastRun) {
		if (this.next != null) {
			return false;
		}
		this.next = afterLastRun;
		this.unfinished--;
		return this.unfinished == 0;
	}

	/** Cancels the pending results after a time-out, and prevents further runs. */
	public void cancel() {
		List<CompletionStage<?>> left;
		synchronized (this) {
			if (this.cancelled) {
				return;
			}
			this.cancelled = true;
			left = List.copyOf(this.results);
		}
		left.forEach(HandlerRuns::cancel);
	}

	private static void cancel(CompletionStage<?> result) {
		try {
			result.toCompletableFuture().cancel(true);
		}
		catch (Throwable ex) {
			log.debug("The result of a handler cannot be cancelled", ex);
		}
	}

}
