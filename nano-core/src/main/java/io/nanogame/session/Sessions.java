package io.nanogame.session;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import io.nanogame.lane.Overflow;
import io.nanogame.limit.Limit;
import io.nanogame.serialize.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of this server. Thread-safe.
 */
public final class Sessions {

	private final LongSupplier ids;

	private final ConcurrentMap<Long, Session> byId = new ConcurrentHashMap<>();

	private final LoginRegistry logins;

	private final SessionListeners listeners = new SessionListeners();

	private final SessionPayloads payloads;

	private final Executor workers;

	private final Executor overflow = new Overflow();

	private final Limit attributeLimit;

	volatile BiConsumer<String, Object> attributeCheck = (name, value) -> {
	};

	/**
	 * Creates an empty registry.
	 * @param payloads serialise pushed values
	 * @param workers run listeners, and handlers that may block
	 */
	public Sessions(Payloads payloads, Executor workers) {
		this(payloads, workers, 0);
	}

	/**
	 * Creates an empty registry of sessions with a limit of attributes.
	 * @param payloads serialise pushed values
	 * @param workers run listeners, and handlers that may block
	 * @param maxAttributes the maximum number of attributes of a session; 0 for no limit
	 */
	public Sessions(Payloads payloads, Executor workers, int maxAttributes) {
		this(payloads, workers, maxAttributes, new AtomicLong()::incrementAndGet, LoginPolicy.SEVERAL);
	}

	/**
	 * Creates an empty registry of sessions whose ids are unique beyond this server.
	 * @param payloads serialise pushed values
	 * @param workers run listeners, and handlers that may block
	 * @param maxAttributes the maximum number of attributes of a session; 0 for no limit
	 * @param ids returns a new id, above 0 and of at most 53 bits; thread-safe
	 * @param policy the treatment of a second login of a player
	 */
	public Sessions(Payloads payloads, Executor workers, int maxAttributes, LongSupplier ids, LoginPolicy policy) {
		this.ids = ids;
		this.logins = new LoginRegistry(policy);
		this.payloads = new SessionPayloads(payloads);
		this.workers = workers;
		this.attributeLimit = new Limit("attributes", maxAttributes);
	}

	/**
	 * Finds a session by its id.
	 * @param id the id
	 * @return the session, if there is one that is open
	 */
	public Optional<Session> find(long id) {
		return Optional.ofNullable(this.byId.get(id));
	}

	/**
	 * Finds the sessions of a player, who may have several.
	 * @param uid the uid to which they are bound
	 * @return the open sessions; safe to iterate while sessions open and close
	 */
	public Collection<Session> findByUid(String uid) {
		return this.logins.find(uid);
	}

	/**
	 * Returns all open sessions.
	 * @return a live view; safe to iterate while sessions open and close
	 */
	public Collection<Session> all() {
		return Collections.unmodifiableCollection(this.byId.values());
	}

	public int count() {
		return this.byId.size();
	}

	/**
	 * Adds a listener for all sessions.
	 * @param listener receives events from now on
	 */
	public void addListener(SessionListener listener) {
		this.listeners.add(listener);
	}

	public void removeListener(SessionListener listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Creates a session for a connection in its handshake. It is not found until
	 * {@link #open(Session)}.
	 * @param connection the connection to the client
	 * @param handshake the introduction of the client
	 * @return the session
	 */
	public Session create(Connection connection, Introduction handshake) {
		return create(this.ids.getAsLong(), connection, handshake);
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
		return new Session(this.ids.getAsLong(), connection, handshake, this, this.payloads.prepared(with), true, null);
	}

	/**
	 * Creates the session of a client of another server. It is not found until
	 * {@link #open(Session)}.
	 * @param id its id on that server
	 * @param connection the connection to the client by that server
	 * @param handshake the introduction of the client
	 * @return the session
	 */
	public Session create(long id, Connection connection, Introduction handshake) {
		return new Session(id, connection, handshake, this, this.payloads.own(), true, null);
	}

	/**
	 * Creates a session that is never found: it stands for one of another server.
	 * @param id its id on that server
	 * @param connection the connection to the client by that server
	 * @param uid the uid to which it is bound, or null
	 * @return the session
	 */
	public Session createUnlisted(long id, Connection connection, @Nullable String uid) {
		return new Session(id, connection, Introduction.UNKNOWN, this, this.payloads.own(), false, uid);
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
		session.handle.fixedPayloads();
		this.byId.put(session.id(), session);
		if (!this.listeners.isEmpty()) {
			boolean bound = session.uid() != null;
			session.inOrder(() -> {
				if (bound) {
					reportBound(session);
				}
				this.listeners.report((listener) -> listener.opened(session));
			});
		}
		if (session.handle.markRegistered()) {
			end(session);
		}
		return true;
	}

	/**
	 * Returns the registry of logins.
	 * @return always the same object
	 */
	public LoginRegistry logins() {
		return this.logins;
	}

	/**
	 * Returns the limit of attributes.
	 * @return the limit for each session
	 */
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

	/**
	 * Returns the server's payloads.
	 * @return the payloads of sessions that have no others
	 */
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

	/** Returns an executor for accepted tasks that the workers reject. */
	Executor overflow() {
		return this.overflow;
	}

	/** Calls the listeners, each of which may reject the uid. */
	void binding(Session session, String uid) {
		this.listeners.binding(session, uid);
	}

	void reportBound(Session session) {
		this.listeners.report((listener) -> listener.bound(session));
	}

	void reportUnbound(Session session, String uid) {
		this.listeners.report((listener) -> listener.unbound(session, uid));
	}

	void principalChanged(Session session) {
		this.listeners.report((listener) -> listener.principalChanged(session));
	}

	/** Called once, by the session. */
	void closed(Session session) {
		session.handle.login().close();
		if (session.handle.markRegistered()) {
			end(session);
		}
	}

	/** Called after the session was opened and closed. */
	private void end(Session session) {
		this.byId.remove(session.id());
		CloseReason reason = session.closeReason();
		if (reason != null && !this.listeners.isEmpty()) {
			session.inOrder(() -> this.listeners.report((listener) -> listener.closed(session, reason)));
		}
	}

}
