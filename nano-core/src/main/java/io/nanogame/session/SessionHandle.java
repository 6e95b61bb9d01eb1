package io.nanogame.session;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.nanogame.lane.Lane;
import io.nanogame.serialize.Payloads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's side of a {@link Session}, for code that carries and handles its messages:
 * the connection, the queue of messages, the login, changes of attributes by other
 * servers, and actions at the close. Code of a game has no use for it. Thread-safe; no
 * method blocks.
 */
public final class SessionHandle {

	private static final Logger log = LoggerFactory.getLogger(SessionHandle.class);

	private static final AtomicIntegerFieldUpdater<SessionHandle> REGISTERED = AtomicIntegerFieldUpdater
		.newUpdater(SessionHandle.class, "registered");

	private final Session session;

	/** No other object of this package keeps the connection. */
	private volatile Connection connection;

	private final SessionQueue queue;

	private final SessionLogin login;

	/** Created on first use, because most idle sessions need none. Guarded by this. */
	private @Nullable CloseActions closeActions;

	/** 1 once the session was marked. */
	private volatile int registered;

	private volatile boolean abandoned;

	/** The number of clients that the session has had, counted from 1. */
	private volatile int client = 1;

	/** This handle, or that of the session that the client of this one continues. */
	volatile SessionHandle current = this;

	/** How the client of this session continues another one. Set under both locks. */
	volatile @Nullable Continuation leaving;

	/** How the client of another session continues this one. */
	volatile @Nullable Continuation arriving;

	/** Whether other nodes know this session as that of its client. Under the lock. */
	private boolean pinned;

	/** Whether the payloads cannot change any more. Set under the lock of this. */
	private volatile boolean payloadsFixed;

	SessionHandle(Session session, Connection connection, SessionLogin login) {
		this.session = session;
		this.connection = connection;
		this.queue = new SessionQueue(this);
		this.login = login;
	}

	/**
	 * Returns the handle of a session, or of the session that its client continues.
	 * @param session the session
	 * @return the handle
	 */
	public static SessionHandle of(Session session) {
		SessionHandle present = session.handle;
		for (SessionHandle next = present.current; next != present; next = present.current) {
			present = next;
		}
		return present;
	}

	/** Returns the handle with which a session was created, also if its client left. */
	public static SessionHandle own(Session session) {
		return session.handle;
	}

	/** Returns the session: always the same object. */
	public Session session() {
		return this.session;
	}

	/** Returns the connection to the client. Callers must not keep it. */
	public Connection connection() {
		return this.connection;
	}

	/** Sets the connection, because the client is connected to another server now. */
	public void moveTo(Connection next) {
		this.connection = next;
	}

	/** Returns the messages of the session. */
	public SessionQueue queue() {
		return this.queue;
	}

	/** Returns the login of the session. */
	public SessionLogin login() {
		return this.login;
	}

	/**
	 * Returns the number of the client, above 0. It changes when another one continues
	 * the session: responses to requests of earlier clients are not sent.
	 */
	public int client() {
		return this.client;
	}

	/** Drops the responses to all earlier requests. Confined to the loop. */
	public void nextClient() {
		this.client++;
	}

	/** Prevents that the client leaves for another session; false if it has left. */
	public synchronized boolean pin() {
		this.pinned = true;
		return this.leaving == null;
	}

	/** Begins to move the client to another session. Returns false if it is pinned. */
	synchronized boolean leave(Continuation by) {
		if (this.pinned) {
			return false;
		}
		this.leaving = by;
		return true;
	}

	/** Ends this session without closing it: the client continues another one. */
	void end(SessionHandle survivor) {
		CloseActions actions = takeCloseActions();
		if (actions != null) {
			actions.move(this.session, survivor);
		}
	}

	/** Returns whether the client of a session continues another one, or is about to. */
	public static boolean isLeft(Session session) {
		return session.handle.leaving != null;
	}

	/** Called when the uid was removed, with which a client perhaps continues this. */
	void unbound() {
		Continuation present = this.arriving;
		if (present != null && !present.hasBegun()) {
			// By a message of the former client: the newer one must log in again.
			this.session.close(CloseReason.SESSION_LOST);
		}
	}

	/** See {@link Session#respond}. */
	boolean reply(long messageId, Object payload) {
		Continuation present = this.arriving;
		return present != null && present.former().queue.reply(messageId, payload)
				|| this.queue.reply(messageId, payload);
	}

	/**
	 * Returns the executor for a task of this session, or one that passes the task on to
	 * it later: in the turn of the session that the client continues.
	 */
	public Executor inTurn(Executor executor) {
		Continuation present = this.leaving;
		return (present != null) ? present.inTurn(executor) : executor;
	}

	/** Returns the executor of handlers that may block: the lane, or the workers. */
	public Executor handlerExecutor() {
		Lane lane = this.session.lane();
		return (lane != null) ? lane : this.session.registry.workers();
	}

	/**
	 * Fails all requests at once, because the server stops and its grace period is over.
	 * Queued messages do not start any more.
	 */
	public void abandon() {
		this.abandoned = true;
		this.queue.abandon();
	}

	/** Returns whether queued messages do not start any more. */
	public boolean isAbandoned() {
		return this.abandoned;
	}

	/** Chooses the payloads of the session; fails when they are fixed. */
	synchronized void choosePayloads(String serializer) {
		if (this.payloadsFixed) {
			throw new IllegalStateException(
					"The serializer of %s can be chosen only while its handshake is validated, and before it joins a group"
						.formatted(this.session));
		}
		this.session.payloads = this.session.registry.allPayloads().choose(serializer, this.session.payloads);
	}

	/** Fixes the payloads, so that validators cannot change them. Returns them. */
	public Payloads fixedPayloads() {
		if (!this.payloadsFixed) {
			synchronized (this) {
				this.payloadsFixed = true;
			}
		}
		return this.session.payloads;
	}

	/** Accepts a change of an attribute, or null, without calling the observer. */
	public void acceptAttribute(String name, @Nullable Object value) {
		this.session.attributes().accept(name, value);
	}

	/**
	 * Sets the observer of attributes, which sends the changes of this server to others.
	 * Called in order, under the lock of the attributes, so it must not block.
	 */
	public void observeAttributes(BiConsumer<String, @Nullable Object> changes) {
		this.session.attributes().observe(changes);
	}

	/**
	 * Adds an action that runs when the session is closed, on the thread that closes it;
	 * at once if the session is closed already.
	 * @param action receives the session; must not block or throw
	 */
	public void addCloseAction(Consumer<Session> action) {
		Continuation left;
		synchronized (this) {
			left = this.leaving;
			if (left == null && this.session.isOpen()) {
				if (this.closeActions == null) {
					this.closeActions = new CloseActions();
				}
				this.closeActions.add(action);
				return;
			}
		}
		if (left != null && action instanceof OnClose) {
			own(left.survivor()).addCloseAction(action);
		}
		else {
			CloseActions.run(action, this.session);
		}
	}

	/** Removes an action, unless it has been started. */
	public synchronized void removeCloseAction(Consumer<Session> action) {
		if (this.closeActions != null && this.closeActions.remove(action)) {
			this.closeActions = null;
		}
	}

	private synchronized @Nullable CloseActions takeCloseActions() {
		CloseActions taken = this.closeActions;
		this.closeActions = null;
		return taken;
	}

	/**
	 * Called once, by the session when it has a reason to be closed. The actions run
	 * first: when the session leaves its groups, it is sent the pushes that they still
	 * merge.
	 */
	void closed(CloseReason reason) {
		CloseActions actions = takeCloseActions();
		if (actions != null) {
			actions.run(this.session);
		}
		try {
			connection().close(reason);
		}
		catch (Throwable ex) {
			log.error("A connection could not be closed", ex);
		}
	}

	/**
	 * Marks that the registry has opened the session, or has closed it, perhaps at the
	 * same time. Returns true for the second call, which must report the end.
	 */
	boolean markRegistered() {
		return REGISTERED.getAndSet(this, 1) == 1;
	}

	@Override
	public String toString() {
		return "SessionHandle[" + this.session.id() + "]";
	}

}
