package io.nanogame.session;

import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.nanogame.lane.Overflow;
import io.nanogame.limit.Limit;
import io.nanogame.serialize.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * The engine's side of {@link Sessions}: creates and opens sessions, and has what they
 * share. Code of a game has no use for it. Thread-safe; no public method blocks.
 */
public final class SessionRegistry {

	private final Sessions sessions;

	private final LongSupplier ids;

	private final ConcurrentMap<Long, Session> byId = new ConcurrentHashMap<>();

	private final LoginRegistry logins;

	private final SessionListeners listeners = new SessionListeners();

	private final SessionPayloads payloads;

	private final Executor workers;

	private final Executor overflow = new Overflow();

	private final Limit attributeLimit;

	private volatile BiConsumer<String, Object> attributeCheck = (name, value) -> {
	};

	SessionRegistry(Sessions sessions, Payloads payloads, Executor workers, Limit attributeLimit, LongSupplier ids,
			LoginPolicy policy) {
		this.sessions = sessions;
		this.ids = ids;
		this.logins = new LoginRegistry(policy);
		this.payloads = new SessionPayloads(payloads);
		this.workers = workers;
		this.attributeLimit = attributeLimit;
	}

	/**
	 * Returns the registry of sessions.
	 * @param sessions the sessions of a server
	 * @return always the same object
	 */
	public static SessionRegistry of(Sessions sessions) {
		return sessions.registry;
	}

	/**
	 * Returns the sessions, as games see them.
	 * @return always the same object
	 */
	public Sessions sessions() {
		return this.sessions;
	}

	/**
	 * Creates a session for a connection in its handshake. It is not found until
	 * {@link #open(Session)}.
	 * @param connection the connection to the client
	 * @param handshake the introduction of the client
	 * @return the session
	 */
	public Session create(Connection connection, Introduction handshake) {
		return create(connection, handshake, this.payloads.own());
	}

	/**
	 * Creates a session for a connection in its handshake, with the payloads of its
	 * protocol.
	 * @param connection the connection to the client
	 * @param handshake the introduction of the client
	 * @param with the server's payloads, or others of {@link #allPayloads()}
	 * @return the session
	 * @throws IllegalArgumentException when the payloads were not added
	 */
	public Session create(Connection connection, Introduction handshake, Payloads with) {
		return create(this.ids.getAsLong(), connection, handshake, with);
	}

	/**
	 * Creates the session of a client of another server. It is not found until
	 * {@link #open(Session)}.
	 * @param id its id on that server
	 * @param connection the connection to the client by that server
	 * @param handshake the introduction of the client
	 * @param with payloads of the form that the session has on that server
	 * @return the session
	 * @throws IllegalArgumentException when the payloads were not added
	 */
	public Session create(long id, Connection connection, Introduction handshake, Payloads with) {
		return new Session(id, connection, handshake, this, this.payloads.prepared(with), true, null);
	}

	/**
	 * Creates a session that is never found: it stands for one of another server.
	 * @param id its id on that server
	 * @param connection the connection to the client by that server
	 * @param with payloads of the form that the session has on that server
	 * @param uid the uid to which it is bound, or null
	 * @return the session
	 */
	public Session createUnlisted(long id, Connection connection, Payloads with, @Nullable String uid) {
		return new Session(id, connection, Introduction.UNKNOWN, this, with, false, uid);
	}

	/**
	 * Opens a session: it is found, its uid takes effect, and listeners are called. If
	 * the policy rejects its login, it is closed instead.
	 * @param session a session of {@link #create}
	 * @return whether it was opened
	 */
	public boolean open(Session session) {
		if (!session.isOpen() || !session.handle.login().open()) {
			return false;
		}
		list(session);
		if (SessionHandle.isLeft(session)) {
			left(session);
		}
		if (!this.listeners.isEmpty()) {
			boolean bound = session.uid() != null;
			session.inOrder(() -> {
				if (bound) {
					this.listeners.bound(session);
				}
				this.listeners.report((listener) -> listener.opened(session));
			});
		}
		if (session.handle.markRegistered()) {
			end(session);
		}
		return true;
	}

	/** Returns the registry of logins. */
	public LoginRegistry logins() {
		return this.logins;
	}

	/** Returns the limit of attributes of each session. */
	public Limit attributeLimit() {
		return this.attributeLimit;
	}

	/**
	 * Sets the check of attributes that are sent to other nodes. Must be called before
	 * sessions are created.
	 * @param check receives name and value before they are set, under a lock of the
	 * session; throws {@link IllegalArgumentException} to reject them
	 */
	public void checkAttributes(BiConsumer<String, Object> check) {
		this.attributeCheck = check;
	}

	/** Returns the server's payloads, of sessions that have no others. */
	public Payloads payloads() {
		return this.payloads.own();
	}

	/**
	 * Returns the payloads that sessions may have.
	 * @return always the same object
	 */
	public SessionPayloads allPayloads() {
		return this.payloads;
	}

	/**
	 * Returns the workers, which run code of the game that may block.
	 * @return the executor of handlers without a lane
	 */
	public Executor workers() {
		return this.workers;
	}

	/** The session is found from now on. */
	void list(Session session) {
		session.handle.fixedPayloads();
		this.byId.put(session.id, session);
	}

	@Nullable Session find(long id) {
		return this.byId.get(id);
	}

	Collection<Session> all() {
		return Collections.unmodifiableCollection(this.byId.values());
	}

	SessionListeners listeners() {
		return this.listeners;
	}

	Attributes newAttributes() {
		return new Attributes(this.attributeLimit, this.attributeCheck);
	}

	/** Returns an executor for accepted tasks that the workers reject. */
	Executor overflow() {
		return this.overflow;
	}

	/**
	 * Reports that the connection of a session was cut.
	 * @param session an open session, which may be resumed
	 * @param reason how the connection has ended
	 */
	public void detached(Session session, CloseReason reason) {
		reportInOrder(session, (listener) -> listener.detached(session, reason));
	}

	/** Returns whether there are listeners of sessions. */
	public boolean hasListeners() {
		return !this.listeners.isEmpty();
	}

	/**
	 * Returns whether a listener decides about resumes.
	 * @return false if {@link #resuming} has no effect
	 */
	public boolean decidesAboutResumes() {
		return this.listeners.decideAboutResumes();
	}

	/**
	 * Calls the listeners, each of which may reject the client, in order with the
	 * messages of the session.
	 * @param session the session
	 * @param introduction what the client has sent about itself
	 * @param decided receives null, or the exception of a listener, on the same thread
	 */
	public void resuming(Session session, Introduction introduction, Consumer<@Nullable Throwable> decided) {
		session.inOrder(() -> decided.accept(this.listeners.resuming(session, introduction)));
	}

	/**
	 * Reports that a session has another connection.
	 * @param session the session
	 */
	public void resumed(Session session) {
		reportInOrder(session, (listener) -> listener.resumed(session));
	}

	private void reportInOrder(Session session, Consumer<SessionListener> event) {
		if (!this.listeners.isEmpty()) {
			session.inOrder(() -> this.listeners.report(event));
		}
	}

	/** Called once, by the session. */
	void closed(Session session) {
		session.handle.login().close();
		if (session.handle.markRegistered()) {
			end(session);
		}
	}

	/** Removes a session whose client continues another one. It is not closed. */
	void left(Session session) {
		this.byId.remove(session.id, session);
	}

	/** Called after the session was opened and closed. */
	private void end(Session session) {
		// Another session may have this id: that of a node that has returned.
		this.byId.remove(session.id, session);
		CloseReason reason = session.closeReason();
		if (reason != null) {
			reportInOrder(session, (listener) -> listener.closed(session, reason));
		}
	}

}
