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
 * What interceptors let pass to the handler of one request, and whether it has ended. An
 * interceptor returns a stage of its own, which may end before the handler does; the next
 * message of the session waits for both. For those who put something around handlers, not
 * for the game. Any thread.
 */
public final class HandlerRuns {

	private static final Logger log = LoggerFactory.getLogger(HandlerRuns.class);

	/** Results that are still to come. Guarded by this. */
	private final List<CompletionStage<?>> results = new ArrayList<>(1);

	/** The message itself, and each run that has not ended. Guarded by this. */
	private int going = 1;

	/** What to do when all has ended. Guarded by this. */
	private @Nullable Runnable next;

	/** Guarded by this. */
	private boolean cancelled;

	HandlerRuns() {
	}

	/**
	 * Calls the handler.
	 * @param handler the handler
	 * @param request its request
	 * @return its result; failed when it threw, or when the time of the request is over
	 * and the handler was not called
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

	/** Nothing begins behind the end: the next message may run already. */
	private synchronized boolean begin() {
		if (this.cancelled || this.going == 0) {
			return false;
		}
		this.going++;
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
			log.error("The result of a handler cannot be waited for", ex);
			ended(result);
		}
		if (late) {
			cancel(result);
		}
	}

	/** Not every stage is a future, and not every future can be asked. */
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
			this.going--;
			last = (this.going == 0) ? this.next : null;
		}
		if (last != null) {
			last.run();
		}
	}

	/**
	 * The message itself has its result.
	 * @param whenAllHasEnded called once, when runs are still going; their last one calls
	 * it
	 * @return true when no run is going, and so nothing will be called
	 */
	public synchronized boolean finish(Runnable whenAllHasEnded) {
		if (this.next != null) {
			return false;
		}
		this.next = whenAllHasEnded;
		this.going--;
		return this.going == 0;
	}

	/** The time is over: nothing begins any more, and results to come are given up. */
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
