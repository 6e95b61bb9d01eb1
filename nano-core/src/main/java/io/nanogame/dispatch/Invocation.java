package io.nanogame.dispatch;

import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.nanogame.observe.Outcome;
import io.nanogame.protocol.Message;
import io.nanogame.route.HandlerRuns;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handling of one message. It holds the mailbox of its session until the handler and
 * its asynchronous result have ended, so the next message waits, even if the request has
 * already failed at its deadline.
 */
final class Invocation extends QueuedMessage {

	private static final Logger log = LoggerFactory.getLogger(Invocation.class);

	/** The pending result; null while the handler itself runs. */
	private volatile @Nullable PendingResult pending;

	Invocation(SessionHandle handle, Message message, Map<String, String> headers, Route route, Dispatcher dispatcher,
			long receivedNanos, long deadlineNanos) {
		super(handle, message, headers, route, dispatcher, receivedNanos, deadlineNanos);
	}

	@Override
	protected boolean run() {
		Request handled = begin();
		if (handled == null) {
			return true;
		}
		try {
			Object result = this.route.handler().handle(handled);
			if (result instanceof CompletionStage<?> stage) {
				return complete(handled, stage);
			}
			succeed(handled, result);
		}
		catch (Throwable ex) {
			fail(handled, ex);
		}
		return isOver(handled);
	}

	/**
	 * Returns whether the handler has ended. Below an interceptor that has already
	 * returned, its own result may still be pending.
	 */
	private boolean isOver(Request handled) {
		HandlerRuns runs = handled.runs();
		return runs == null || runs.finish(this::release);
	}

	private void releaseWhenOver(Request handled) {
		if (isOver(handled)) {
			release();
		}
	}

	/** Returns whether the stage was complete, so that this message is done. */
	private boolean complete(Request handled, CompletionStage<?> stage) {
		PendingResult result = PendingResult.of(stage);
		if (result.isDone()) {
			settle(handled, result.value(), result.failure());
			return isOver(handled);
		}
		this.pending = result;
		try {
			stage.whenComplete((value, failure) -> {
				try {
					settle(handled, value, failure);
				}
				finally {
					releaseWhenOver(handled);
				}
			});
		}
		catch (Throwable ex) {
			fail(handled, ex);
			releaseWhenOver(handled);
			return false;
		}
		if (isEnded()) {
			// The deadline passed before this result was visible to cancel().
			result.cancel(this.route);
		}
		return false;
	}

	private void settle(Request handled, @Nullable Object value, @Nullable Throwable failure) {
		if (failure != null) {
			fail(handled, failure);
		}
		else {
			succeed(handled, value);
		}
	}

	private void succeed(Request handled, @Nullable Object result) {
		if (!end(Outcome.SUCCESS) || handled.isSettled()) {
			return;
		}
		try {
			handled.reply((result != null) ? result : this.handle.session().payloads().empty());
		}
		catch (RuntimeException ex) {
			log.error("The result of {} could not be sent", this.route.name(), ex);
		}
	}

	private void fail(Request handled, Throwable failure) {
		if (isEnded()) {
			log.debug("The handler of {} failed after its deadline", this.route.name(), failure);
			return;
		}
		end(this.dispatcher.failures().handle(handled, failure));
	}

	/** Cancels pending results. The thread of a running handler is not interrupted. */
	@Override
	void cancel(Request handled) {
		HandlerRuns runs = handled.runs();
		if (runs != null) {
			// The innermost first, so that interceptors see the cancellation.
			runs.cancel();
		}
		PendingResult result = this.pending;
		if (result != null) {
			result.cancel(this.route);
		}
	}

}
