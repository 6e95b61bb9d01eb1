package io.nanogame.dispatch;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.nanogame.lane.Lane;
import io.nanogame.lane.MailboxTask;
import io.nanogame.observe.HandlerObserver;
import io.nanogame.observe.Outcome;
import io.nanogame.protocol.Message;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.session.CloseReason;
import io.nanogame.session.PendingReply;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A message in the queue of its session. Its deadline counts from its receipt. At the
 * deadline, a message that has not started fails with 503 and never starts, but stays
 * queued until its turn; a message that has started fails with 408.
 */
abstract class QueuedMessage extends MailboxTask implements PendingReply {

	private static final Logger log = LoggerFactory.getLogger(QueuedMessage.class);

	private static final AtomicIntegerFieldUpdater<QueuedMessage> STATE = AtomicIntegerFieldUpdater
		.newUpdater(QueuedMessage.class, "state");

	private static final AtomicIntegerFieldUpdater<QueuedMessage> RELEASED = AtomicIntegerFieldUpdater
		.newUpdater(QueuedMessage.class, "released");

	private static final int QUEUED = 0;

	private static final int STARTED = 1;

	/** The outcome is known, and later ones are ignored. */
	private static final int ENDED = 2;

	/** It failed before its turn, and is still queued. */
	private static final int EXPIRED = 3;

	private static final int NO_REPLY = 0;

	private static final String NOT_STARTED = "not begun in time";

	final SessionHandle handle;

	final Route route;

	final Dispatcher dispatcher;

	private final Map<String, String> headers;

	/** The number of the client that has sent it. */
	private final int client;

	private final long deadlineNanos;

	/** The bytes of the body, also after the message was released. */
	private final int weight;

	/**
	 * Null when it ended before its start. Not volatile, which would cost a fence for
	 * each message: the mailbox publishes it, and the state guards against a stale value.
	 */
	private @Nullable Message message;

	/**
	 * The time of receipt, then the time at which the handler started. For the observer.
	 */
	private long sinceNanos;

	/** Written before the state is {@link #STARTED}. */
	private @Nullable Request request;

	private volatile int state;

	/** 1 once the next message may start, which must be signalled once. */
	private volatile int released;

	QueuedMessage(SessionHandle handle, Message message, Map<String, String> headers, Route route,
			Dispatcher dispatcher, long receivedNanos, long deadlineNanos) {
		this.handle = handle;
		this.message = message;
		this.weight = message.body().length;
		this.headers = headers;
		this.client = handle.client();
		this.route = route;
		this.dispatcher = dispatcher;
		this.deadlineNanos = deadlineNanos;
		this.sinceNanos = receivedNanos;
	}

	/** Submits the message to its session. On the event loop. */
	final void submit() {
		if (!this.route.concurrent()) {
			this.handle.queue().mailbox().submit(this, this.handle.connection().loop());
			return;
		}
		this.handle.queue().addPending(this);
		try {
			Executor executor = executor();
			if (executor == this.handle.connection().loop()) {
				runOutOfOrder();
			}
			else {
				executor.execute(this::runOutOfOrder);
			}
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			rejected(Lane.rejection(ex));
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
		return this.handle.inTurn(this.route.executor(this.handle));
	}

	@Override
	protected final boolean rejected(RejectedExecutionException ex) {
		log.warn("No thread for the handler of {}: {}", this.route.name(), ex.getMessage());
		refuse(503, "busy");
		return true;
	}

	/** Returns the request to handle; null when it is not handled. Called in its turn. */
	final @Nullable Request begin() {
		CloseReason closed = this.handle.session().closeReason();
		if (closed != null && !closed.isByClient()) {
			// After a kick no message is handled; after a disconnect, all received ones
			// are.
			return refuse(NO_REPLY, "");
		}
		if (this.handle.isAbandoned()) {
			return refuse(503, CloseReason.SHUTDOWN.message());
		}
		long now = this.dispatcher.nanoTime();
		if (isOverdue(now)) {
			return refuse(503, NOT_STARTED);
		}
		Message queued = this.message;
		if (queued != null) {
			Request started = request(queued);
			this.request = started;
			if (STATE.compareAndSet(this, QUEUED, STARTED)) {
				observeStart(now);
				return started;
			}
		}
		return passTurn();
	}

	private boolean isOverdue(long nowNanos) {
		return nowNanos - this.deadlineNanos > 0;
	}

	private Request request(Message handled) {
		return new Request(this.handle, this.client, handled, this.headers, this.route, this.deadlineNanos);
	}

	/** Ends it without handling. Called in its turn. */
	private @Nullable Request refuse(int code, String text) {
		return endUnstarted(ENDED, code, text) ? null : passTurn();
	}

	/** Removes it from the queue if it expired before. Called in its turn. */
	private @Nullable Request passTurn() {
		if (STATE.compareAndSet(this, EXPIRED, ENDED)) {
			this.handle.queue().passed(weight());
		}
		return null;
	}

	/** Ends it if it has not started. Returns whether this call ended it. */
	private boolean endUnstarted(int end, int code, String text) {
		Message queued = this.message;
		if (queued == null || !STATE.compareAndSet(this, QUEUED, end)) {
			return false;
		}
		this.message = null;
		observeStart(this.dispatcher.nanoTime());
		observeEnd(Outcome.REFUSED);
		if (code != NO_REPLY) {
			request(queued).fail(code, text);
		}
		return true;
	}

	/** Returns whether this outcome is the first. */
	final boolean end(Outcome outcome) {
		if (!STATE.compareAndSet(this, STARTED, ENDED)) {
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
			observer.waited(this.handle.session(), now - this.sinceNanos);
			this.sinceNanos = now;
		}
	}

	private void observeEnd(Outcome outcome) {
		HandlerObserver observer = this.route.observer();
		if (observer != null) {
			observer.handled(this.handle.session(), outcome, this.dispatcher.nanoTime() - this.sinceNanos);
		}
	}

	/** Lets the next message start. Called after the reply. */
	final void release() {
		if (!RELEASED.compareAndSet(this, 0, 1)) {
			return;
		}
		if (this.route.concurrent()) {
			this.handle.queue().removePending(this);
		}
		else {
			done(this.handle.queue().mailbox());
		}
	}

	@Override
	public final int weight() {
		return this.weight;
	}

	@Override
	public final long id() {
		Message queued = this.message;
		return (queued != null) ? queued.id() : 0;
	}

	/** Called by the sweep of the event loop. */
	@Override
	public final void expire(long nowNanos) {
		if (isOverdue(nowNanos)) {
			giveUp(NOT_STARTED, "timed out", Level.WARN);
		}
	}

	@Override
	public final void abandon() {
		giveUp(CloseReason.SHUTDOWN.message(), CloseReason.SHUTDOWN.message(), Level.DEBUG);
	}

	private void giveUp(String textIfQueued, String textIfStarted, Level level) {
		if (endUnstarted(EXPIRED, 503, textIfQueued)) {
			this.handle.queue().giveUp(weight());
			return;
		}
		int current = this.state;
		Request started = this.request;
		if (started == null || (current != STARTED && current != ENDED)) {
			return;
		}
		if (end(Outcome.TIMED_OUT)) {
			log.atLevel(level).log("The handler of {} still runs after its deadline", this.route.name());
			started.fail(408, textIfStarted);
		}
		cancel(started);
	}

	/**
	 * Cancels a request that has already failed; its handler may still run. Thread-safe,
	 * and may be called more than once.
	 */
	abstract void cancel(Request started);

}
