package io.nanogame.dispatch;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.nanogame.lane.Lane;
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
 * A message in the line of its session, and whether it begins. Its time runs from when it
 * was read. A message that has not begun when that is over is answered 503 and never
 * begins, though it leaves the line only when its turn comes; one that has begun is
 * answered 408.
 */
abstract class QueuedMessage extends Mailbox.Task implements PendingReply {

	private static final Logger log = LoggerFactory.getLogger(QueuedMessage.class);

	private static final AtomicIntegerFieldUpdater<QueuedMessage> STATE = AtomicIntegerFieldUpdater
		.newUpdater(QueuedMessage.class, "state");

	private static final AtomicIntegerFieldUpdater<QueuedMessage> RELEASED = AtomicIntegerFieldUpdater
		.newUpdater(QueuedMessage.class, "released");

	private static final int WAITING = 0;

	private static final int BEGUN = 1;

	/** The outcome is known; what comes later is too late. */
	private static final int ENDED = 2;

	/** It was answered before its turn, and still stands in line. */
	private static final int GIVEN_UP = 3;

	private static final int NO_ANSWER = 0;

	/** For requests that did not begin in their time. */
	private static final String NOT_IN_TIME = "not begun in time";

	final Session session;

	final Route route;

	final Dispatcher dispatcher;

	private final Map<String, String> headers;

	private final long deadlineNanos;

	/** Bytes of the body, also when it is let go. */
	private final int weight;

	/**
	 * Null when it has ended before it began. Not volatile, which would cost a fence for
	 * each message: the mailbox publishes it, and who reads it late is stopped by the
	 * state.
	 */
	private @Nullable Message message;

	/** When it was received; when the handler has begun, that. For the observer. */
	private long sinceNanos;

	/** Written before the state says that it has begun. */
	private @Nullable Request request;

	private volatile int state;

	/** 1 when the next message may start, which must be said once. */
	private volatile int released;

	QueuedMessage(Session session, Message message, Map<String, String> headers, Route route, Dispatcher dispatcher,
			long receivedNanos, long deadlineNanos) {
		this.session = session;
		this.message = message;
		this.weight = message.body().length;
		this.headers = headers;
		this.route = route;
		this.dispatcher = dispatcher;
		this.deadlineNanos = deadlineNanos;
		this.sinceNanos = receivedNanos;
	}

	/** Event loop. */
	final void submit() {
		if (!this.route.concurrent()) {
			this.session.work().mailbox().submit(this, this.session.connection().loop());
			return;
		}
		this.session.work().await(this);
		try {
			Executor executor = executor();
			if (executor == this.session.connection().loop()) {
				runOutOfOrder();
			}
			else {
				executor.execute(this::runOutOfOrder);
			}
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			rejected(Lane.refusal(ex));
			release();
		}
	}

	private void runOutOfOrder() {
		if (run()) {
			release();
		}
	}

	@Override
	protected final Executor executor() {
		return this.route.executor(this.session);
	}

	@Override
	protected final boolean rejected(RejectedExecutionException ex) {
		log.warn("No thread for {}: {}", this.route.name(), ex.getMessage());
		refuse(503, "busy");
		return true;
	}

	/** In its turn. Returns the request to be handled; null when there is none. */
	final @Nullable Request begin() {
		CloseReason closed = this.session.closeReason();
		if (closed != null && closed != CloseReason.CLIENT_CLOSED) {
			// After a kick nothing more is handled; before the client hung up, all is.
			return refuse(NO_ANSWER, "");
		}
		if (this.session.work().isAbandoned()) {
			return refuse(503, CloseReason.SHUTDOWN.words());
		}
		long now = this.dispatcher.nanoTime();
		if (isOverdue(now)) {
			return refuse(503, NOT_IN_TIME);
		}
		Message waiting = this.message;
		if (waiting != null) {
			Request begun = request(waiting);
			this.request = begun;
			if (STATE.compareAndSet(this, WAITING, BEGUN)) {
				observeStart(now);
				return begun;
			}
		}
		return leave();
	}

	private boolean isOverdue(long nowNanos) {
		return nowNanos - this.deadlineNanos > 0;
	}

	private Request request(Message handled) {
		return new Request(this.session, handled, this.headers, this.route, this.deadlineNanos);
	}

	/** In its turn: it will not be handled. */
	private @Nullable Request refuse(int code, String words) {
		return endUnbegun(ENDED, code, words) ? null : leave();
	}

	/** In its turn, which means nothing any more when it was given up. */
	private @Nullable Request leave() {
		if (STATE.compareAndSet(this, GIVEN_UP, ENDED)) {
			this.session.work().passed(weight());
		}
		return null;
	}

	/** Returns whether it had not begun, and now never will. */
	private boolean endUnbegun(int end, int code, String words) {
		Message waiting = this.message;
		if (waiting == null || !STATE.compareAndSet(this, WAITING, end)) {
			return false;
		}
		this.message = null;
		observeStart(this.dispatcher.nanoTime());
		observeEnd(Outcome.REFUSED);
		if (code != NO_ANSWER) {
			request(waiting).fail(code, words);
		}
		return true;
	}

	/** Returns whether this outcome is the first. */
	final boolean end(Outcome outcome) {
		if (!STATE.compareAndSet(this, BEGUN, ENDED)) {
			return false;
		}
		observeEnd(outcome);
		return true;
	}

	final boolean isEnded() {
		return this.state == ENDED;
	}

	private void observeStart(long now) {
		HandlerObserver observer = this.route.observer();
		if (observer != null) {
			observer.waited(now - this.sinceNanos);
			this.sinceNanos = now;
		}
	}

	private void observeEnd(Outcome outcome) {
		HandlerObserver observer = this.route.observer();
		if (observer != null) {
			observer.handled(outcome, this.dispatcher.nanoTime() - this.sinceNanos);
		}
	}

	/** Behind the answer: the next message may start. */
	final void release() {
		if (!RELEASED.compareAndSet(this, 0, 1)) {
			return;
		}
		if (this.route.concurrent()) {
			this.session.work().forget(this);
		}
		else {
			done(this.session.work().mailbox());
		}
	}

	@Override
	public final int weight() {
		return this.weight;
	}

	@Override
	public final long id() {
		Message waiting = this.message;
		return (waiting != null) ? waiting.id() : 0;
	}

	/** The loop's sweep. */
	@Override
	public final void expire(long nowNanos) {
		if (isOverdue(nowNanos)) {
			giveUp(NOT_IN_TIME, "timed out", Level.WARN);
		}
	}

	@Override
	public final void abandon() {
		giveUp(CloseReason.SHUTDOWN.words(), CloseReason.SHUTDOWN.words(), Level.DEBUG);
	}

	private void giveUp(String wordsIfUnbegun, String wordsIfBegun, Level level) {
		if (endUnbegun(GIVEN_UP, 503, wordsIfUnbegun)) {
			this.session.work().giveUp(weight());
			return;
		}
		int begunOrEnded = this.state;
		Request begun = this.request;
		if (begun == null || (begunOrEnded != BEGUN && begunOrEnded != ENDED)) {
			return;
		}
		if (end(Outcome.TIMED_OUT)) {
			log.atLevel(level).log("The handler of {} still runs after its time is over", this.route.name());
			begun.fail(408, wordsIfBegun);
		}
		cancel(begun);
	}

	/**
	 * Its time is over and the client answered; it may still run. Any thread, more than
	 * once.
	 */
	abstract void cancel(Request begun);

}
