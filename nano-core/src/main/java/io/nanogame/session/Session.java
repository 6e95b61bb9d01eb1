package io.nanogame.session;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Mailbox;
import io.nanogame.limit.Names;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.serialize.Payloads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A player's seat on the server, from the end of the handshake until it is closed. It
 * does not know where its socket hangs.
 * <p>
 * Any thread may call everything; nothing blocks.
 */
public final class Session {

	private static final Logger log = LoggerFactory.getLogger(Session.class);

	private static final AtomicReferenceFieldUpdater<Session, CloseReason> CLOSE_REASON = AtomicReferenceFieldUpdater
		.newUpdater(Session.class, CloseReason.class, "closeReason");

	private static final AtomicIntegerFieldUpdater<Session> REGISTERED = AtomicIntegerFieldUpdater
		.newUpdater(Session.class, "registered");

	private final long id;

	private final Connection connection;

	private final HandshakeRequest handshake;

	private final Sessions sessions;

	private final Payloads payloads;

	private final SessionWork work;

	private final SessionLogin login;

	private volatile @Nullable Lane lane;

	private volatile @Nullable CloseReason closeReason;

	/** 1 when it was opened or closed. */
	private volatile int registered;

	// Made when first needed, because most of ten thousand idle sessions need none.

	/** Guarded by this. */
	private volatile @Nullable Attributes attributes;

	/** Guarded by this. */
	private @Nullable Set<Consumer<Session>> closeActions;

	/** One that is not listed only stands for a session of another server. */
	Session(long id, Connection connection, HandshakeRequest handshake, Sessions sessions, Payloads payloads,
			boolean listed, @Nullable String uid) {
		this.id = id;
		this.connection = connection;
		this.handshake = handshake;
		this.sessions = sessions;
		this.payloads = payloads;
		this.work = new SessionWork(connection);
		this.login = new SessionLogin(this, sessions, listed, uid);
	}

	/**
	 * The id, unique on this server.
	 * @return a number above 0 that fits in 53 bits, as clients' numbers do
	 */
	public long id() {
		return this.id;
	}

	/**
	 * The player of this session.
	 * @return the uid it is bound to, or null
	 */
	public @Nullable String uid() {
		return this.login.uid();
	}

	/**
	 * Binds this session to a player. In a handshake validator the uid counts from the
	 * moment the session opens; else at once. Binding to the same uid again changes
	 * nothing.
	 * @param uid the player's id, not empty, up to {@link Names#MAX_LENGTH} characters
	 * @throws SessionAlreadyBoundException when it is bound to another uid
	 * @throws LoginRefusedException when the player is known to be logged in and
	 * {@link LoginPolicy#REFUSE} is set, or when a listener refuses
	 * @throws IllegalArgumentException when no session may have such a uid
	 * @see SessionListener#binding(Session, String)
	 */
	public void bind(String uid) {
		this.login.bind(uid);
	}

	/** Lets the uid go, so that the session may be bound to another one. */
	public void unbind() {
		this.login.unbind();
	}

	/**
	 * The login of this session, for those who carry sessions.
	 * @return always the same object
	 */
	public SessionLogin login() {
		return this.login;
	}

	/**
	 * Who is logged in, for handlers that take a {@link Principal}.
	 * @return the principal, or null
	 */
	public @Nullable Principal principal() {
		return this.login.principal();
	}

	/**
	 * Somebody has logged in, or out.
	 * @param principal who it is, or null for nobody
	 */
	public void principal(@Nullable Principal principal) {
		this.login.principal(principal);
	}

	/**
	 * Pushes to the client: sent by itself, right away. Without effect once the session
	 * is closed.
	 * @param route the client's listener
	 * @param payload an object for the session's serializer, a protobuf message, or
	 * {@code byte[]}
	 * @throws io.nanogame.serialize.SerializationException when the payload cannot be
	 * written
	 */
	public void push(String route, Object payload) {
		this.connection.send(OutboundMessage.push(route, payload, payloads()));
	}

	/**
	 * Pushes a state that is made when the client can be sent it. For a client that keeps
	 * up that is now, on the calling thread. A client that has not read what it was sent
	 * before is sent the newest state once it has: the push is held, and replaces one of
	 * the same route that is. The state is then made on the session's handler thread, in
	 * order with its messages, never on an event loop, and behind what was pushed in
	 * other ways meanwhile. At most 256 pushes are held; one more closes the session. A
	 * session whose client is connected to another node is sent the state now.
	 * @param route the client's listener
	 * @param state makes the state; called once or, when the push is replaced or the
	 * session closes, never; null when there is nothing to push. An exception, also when
	 * the state cannot be written, is logged, and that push is lost
	 * @throws IllegalArgumentException when the route has more than 255 bytes
	 */
	public void pushLatest(String route, Supplier<? extends @Nullable Object> state) {
		pushLatest(route, null, state);
	}

	/**
	 * Pushes one of several states of a route.
	 * @param route as for {@link #pushLatest(String, Supplier)}
	 * @param key the pushes of the route with an equal key replace each other, such as
	 * those of one object of the game; null when the route has one state
	 * @param state as for {@link #pushLatest(String, Supplier)}
	 */
	public void pushLatest(String route, @Nullable Object key, Supplier<? extends @Nullable Object> state) {
		LatestPush push = new LatestPush(this, route, key, state);
		if (!push.hold()) {
			push.send();
		}
	}

	/**
	 * Answers a request whose handler has deferred its answer.
	 * @param messageId the id of the request
	 * @param payload as for {@link #push}
	 * @return false when no such request waits any more: it was answered, it timed out,
	 * or it never was
	 */
	public boolean respond(long messageId, Object payload) {
		return this.work.respond(messageId, payload);
	}

	/**
	 * How values sent to this session become bytes.
	 * @return the server's payloads, or those its protocol has chosen
	 */
	public Payloads payloads() {
		return this.payloads;
	}

	/**
	 * Tells the client that it has to go, and closes.
	 * @param words why, for the client's eyes
	 */
	public void kick(String words) {
		close(CloseReason.kick(words));
	}

	/** Closes after everything that was pushed before. */
	public void close() {
		close(CloseReason.CLOSED);
	}

	/**
	 * Closes after everything that was pushed before. The first reason wins.
	 * @param reason why
	 */
	public void close(CloseReason reason) {
		if (!CLOSE_REASON.compareAndSet(this, null, reason)) {
			return;
		}
		try {
			this.connection.close(reason);
		}
		catch (Throwable ex) {
			// Otherwise the session would stay in its groups for ever.
			log.error("A connection could not be closed", ex);
		}
		runCloseActions();
		this.sessions.closed(this);
	}

	public boolean isOpen() {
		return this.closeReason == null;
	}

	/**
	 * Why the session was closed.
	 * @return the reason, or null while it is open
	 */
	public @Nullable CloseReason closeReason() {
		return this.closeReason;
	}

	/**
	 * Calls back when this session is closed, after the messages that were received
	 * before, on a worker thread, which it may block. If the session is closed already,
	 * that is now.
	 * @param listener given this session
	 */
	public void onClose(Consumer<Session> listener) {
		addCloseAction((session) -> session.inOrder(() -> listener.accept(session)));
	}

	/**
	 * Does something the moment this session is closed, on the thread that closes it. If
	 * it is closed already, that is now.
	 * @param action quick, never blocking, never throwing
	 */
	public void addCloseAction(Consumer<Session> action) {
		synchronized (this) {
			if (isOpen()) {
				Set<Consumer<Session>> actions = this.closeActions;
				if (actions == null) {
					actions = new LinkedHashSet<>(4);
					this.closeActions = actions;
				}
				actions.add(action);
				return;
			}
		}
		runCloseAction(action);
	}

	public void removeCloseAction(Consumer<Session> action) {
		synchronized (this) {
			if (this.closeActions != null) {
				this.closeActions.remove(action);
			}
		}
	}

	private void runCloseActions() {
		Set<Consumer<Session>> actions;
		synchronized (this) {
			actions = this.closeActions;
			this.closeActions = null;
		}
		if (actions != null) {
			actions.forEach(this::runCloseAction);
		}
	}

	private void runCloseAction(Consumer<Session> action) {
		try {
			action.accept(this);
		}
		catch (Throwable ex) {
			log.error("Something to be done when a session closes failed", ex);
		}
	}

	/**
	 * For the two who begin and end this session's time in the registry, on any threads.
	 * @return true for the second of them, who has to announce the end
	 */
	boolean bothOpenedAndClosed() {
		return REGISTERED.getAndSet(this, 1) == 1;
	}

	/**
	 * What the game keeps with this session.
	 * @return always the same object
	 */
	public Attributes attributes() {
		Attributes present = this.attributes;
		if (present == null) {
			synchronized (this) {
				present = this.attributes;
				if (present == null) {
					present = new Attributes(this.sessions.attributeLimit(), this.sessions.attributeCheck);
					this.attributes = present;
				}
			}
		}
		return present;
	}

	/**
	 * What the client said of itself, with its user data.
	 * @return the handshake
	 */
	public HandshakeRequest handshake() {
		return this.handshake;
	}

	/**
	 * How the client reads errors.
	 * @return what its handshake says of it, on every node
	 */
	public ErrorForm errorForm() {
		return ErrorForm.of(this.handshake.client());
	}

	public SocketAddress remoteAddress() {
		return this.connection.remoteAddress();
	}

	public Map<String, List<String>> queryParameters() {
		return this.connection.queryParameters();
	}

	public Connection connection() {
		return this.connection;
	}

	/**
	 * Moves this session onto a lane: from the next message on its handlers run there,
	 * except those of components that have a lane of their own. So everybody in a room
	 * can be served by the lane of that room, without a lock.
	 * @param lane the lane, or null to leave it again
	 */
	public void moveTo(@Nullable Lane lane) {
		this.lane = lane;
	}

	/**
	 * Where handlers of this session run that may block.
	 * @return the lane it was moved onto, else the server's workers, in parallel to other
	 * sessions
	 */
	public Executor handlerExecutor() {
		Lane own = this.lane;
		return (own != null) ? own : this.sessions.workers();
	}

	/**
	 * The lane this session was moved onto.
	 * @return the lane, or null
	 */
	public @Nullable Lane lane() {
		return this.lane;
	}

	/**
	 * What this session has going, for those who carry and handle its messages.
	 * @return always the same object
	 */
	public SessionWork work() {
		return this.work;
	}

	/**
	 * Runs something in order with this session's messages, on a worker thread or the
	 * session's lane.
	 * @param action what to do; an exception is logged
	 */
	public void inOrder(Runnable action) {
		this.work.mailbox().submit(new InOrder(this, action), null);
	}

	@Override
	public String toString() {
		return "Session[" + this.id + "]";
	}

	/** A piece of work between two messages. */
	private static final class InOrder extends Mailbox.Task {

		private final Session session;

		private final Runnable action;

		InOrder(Session session, Runnable action) {
			this.session = session;
			this.action = action;
		}

		@Override
		protected Executor executor() {
			return this.session.handlerExecutor();
		}

		@Override
		protected boolean run() {
			try {
				this.action.run();
			}
			catch (Throwable ex) {
				log.error("Something done in the order of a session failed", ex);
			}
			return true;
		}

		@Override
		protected boolean rejected(RejectedExecutionException ex) {
			// The end of a session that no listener gets is a ghost in the game.
			log.warn("No worker for an action in the order of a session, it runs on a spare thread: {}",
					ex.getMessage());
			this.session.sessions.overflow().execute(() -> {
				run();
				done(this.session.work.mailbox());
			});
			return false;
		}

	}

}
