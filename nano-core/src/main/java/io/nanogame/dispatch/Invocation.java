package io.nanogame.dispatch;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.nanogame.lane.Mailbox;
import io.nanogame.protocol.Message;
import io.nanogame.route.HandlerObserver;
import io.nanogame.route.Outcome;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.session.CloseReason;
import io.nanogame.session.PendingReply;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One message on its way through its handler. Holds its session's mailbox until the
 * handler is done, an asynchronous result included, so that the next message waits.
 */
final class Invocation extends Mailbox.Task implements PendingReply {

	private static final Logger log = LoggerFactory.getLogger(Invocation.class);

	private static final AtomicReferenceFieldUpdater<Invocation, Request> REQUEST = AtomicReferenceFieldUpdater
		.newUpdater(Invocation.class, Request.class, "request");

	private static final AtomicIntegerFieldUpdater<Invocation> ENDED = AtomicIntegerFieldUpdater
		.newUpdater(Invocation.class, "ended");

	private final Session session;

	private final Message message;

	private final Map<String, String> headers;

	private final Route route;

	private final Dispatcher dispatcher;

	private long startNanos;

	/** Null until the handling begins, or is given up before that. */
	private volatile @Nullable Request request;

	/** The result that is waited for; null while the handler itself runs. */
	private volatile @Nullable Pending pending;

	/** 1 when the outcome is known; what comes later is too late. */
	private volatile int ended;

	Invocation(Session session, Message message, Map<String, String> headers, Route route, Dispatcher dispatcher) {
		this.session = session;
		this.message = message;
		this.headers = headers;
		this.route = route;
		this.dispatcher = dispatcher;
	}

	/** Event loop. */
	void submit() {
		if (!this.route.concurrent()) {
			this.session.work().mailbox().submit(this, this.session.connection().loop());
			return;
		}
		this.session.work().await(this);
		Executor executor = executor();
		if (executor == this.session.connection().loop()) {
			runOutOfOrder();
			return;
		}
		try {
			executor.execute(this::runOutOfOrder);
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			rejected((ex instanceof RejectedExecutionException refusal) ? refusal
					: new RejectedExecutionException("The executor has failed: " + ex, ex));
			release();
		}
	}

	private void runOutOfOrder() {
		if (run()) {
			release();
		}
	}

	@Override
	protected Executor executor() {
		return this.route.executor(this.session);
	}

	@Override
	protected boolean run() {
		CloseReason closed = this.session.closeReason();
		if (closed != null && closed != CloseReason.CLIENT_CLOSED) {
			// Who was kicked does nothing more; who hung up is still heard to the end.
			this.startNanos = this.dispatcher.nanoTime();
			end(Outcome.REFUSED);
			return true;
		}
		if (this.session.work().isAbandoned()) {
			abandon();
			return true;
		}
		Request handled = begin();
		if (handled == null) {
			return true;
		}
		try {
			Object result = this.route.handler().handle(handled);
			if (result instanceof CompletionStage<?> pending) {
				return complete(handled, pending);
			}
			succeed(handled, result);
		}
		catch (Throwable ex) {
			fail(handled, ex);
		}
		return true;
	}

	/**
	 * Returns the request; null when the handling has begun, or was given up, already.
	 */
	private @Nullable Request begin() {
		long now = this.dispatcher.nanoTime();
		Request begun = this.dispatcher.request(this.session, this.message, this.headers, this.route, now);
		if (!REQUEST.compareAndSet(this, null, begun)) {
			return null;
		}
		this.startNanos = now;
		return begun;
	}

	/** Returns whether the stage was complete, and so this message is done. */
	private boolean complete(Request handled, CompletionStage<?> stage) {
		CompletableFuture<?> future = future(stage);
		if (future != null && future.isDone()) {
			if (future.isCompletedExceptionally()) {
				fail(handled, failure(future));
			}
			else {
				succeed(handled, future.getNow(null));
			}
			return true;
		}
		this.pending = new Pending(future);
		stage.whenComplete((result, failure) -> {
			boolean inTime = (failure != null) ? fail(handled, failure) : succeed(handled, result);
			if (inTime) {
				release();
			}
		});
		return false;
	}

	/**
	 * Not every stage is a future, and not every future of a stage is more than a view.
	 */
	private static @Nullable CompletableFuture<?> future(CompletionStage<?> stage) {
		try {
			return stage.toCompletableFuture();
		}
		catch (UnsupportedOperationException ex) {
			return null;
		}
	}

	private static Throwable failure(CompletableFuture<?> future) {
		return future.handle((result, failure) -> failure).join();
	}

	private boolean succeed(Request handled, @Nullable Object result) {
		if (!end(Outcome.SUCCESS)) {
			return false;
		}
		if (!handled.isSettled()) {
			try {
				handled.reply((result != null) ? result : this.session.payloads().empty());
			}
			catch (RuntimeException ex) {
				log.error("The result of {} cannot be sent", this.route.name(), ex);
			}
		}
		return true;
	}

	private boolean fail(Request handled, Throwable failure) {
		if (this.ended != 0) {
			log.debug("The handler of {} failed after its time was over", this.route.name(), failure);
			return false;
		}
		return end(this.dispatcher.failures().handle(handled, failure));
	}

	private boolean end(Outcome outcome) {
		if (!ENDED.compareAndSet(this, 0, 1)) {
			return false;
		}
		observe(outcome);
		return true;
	}

	private void observe(Outcome outcome) {
		HandlerObserver observer = this.route.observer();
		if (observer == null) {
			return;
		}
		try {
			observer.handled(outcome, this.dispatcher.nanoTime() - this.startNanos);
		}
		catch (Throwable ex) {
			log.error("The observer of {} failed", this.route.name(), ex);
		}
	}

	/** Behind the answer: the next message may start. */
	private void release() {
		if (this.route.concurrent()) {
			this.session.work().forget(this);
		}
		else {
			done(this.session.work().mailbox());
		}
	}

	@Override
	protected void rejected(RejectedExecutionException ex) {
		log.warn("No thread for {}: {}", this.route.name(), ex.getMessage());
		Request refused = begin();
		if (refused != null) {
			refused.fail(503, "busy");
			end(Outcome.REFUSED);
		}
	}

	@Override
	public long id() {
		return this.message.id();
	}

	/** The loop's sweep. */
	@Override
	public void expire(long nowNanos) {
		Request handled = this.request;
		if (handled == null || !handled.isOverdue(nowNanos) || this.ended != 0) {
			return;
		}
		giveUp(handled, 408, "timed out", Level.WARN);
	}

	@Override
	public void abandon() {
		Request begun = begin();
		if (begun != null) {
			end(Outcome.REFUSED);
			begun.abandon();
			return;
		}
		Request handled = this.request;
		if (handled != null && this.ended == 0) {
			giveUp(handled, 503, CloseReason.SHUTDOWN.words(), Level.DEBUG);
		}
	}

	private void giveUp(Request handled, int code, String words, Level level) {
		Pending waiting = this.pending;
		if (waiting == null) {
			// A thread is inside the handler and cannot be taken away from it. The client
			// is answered; the session's next message waits for the handler to return.
			if (handled.fail(code, words)) {
				log.atLevel(level).log("The handler of {} still runs after its time is over", this.route.name());
			}
			return;
		}
		if (end(Outcome.TIMED_OUT)) {
			log.atLevel(level).log("The result of {} did not come in time", this.route.name());
			handled.fail(code, words);
			release();
			if (waiting.future != null) {
				waiting.future.cancel(true);
			}
		}
	}

	/** A result that is not there yet, with the means to give it up if there are any. */
	private record Pending(@Nullable CompletableFuture<?> future) {
	}

}
