package io.nanogame.session;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import io.nanogame.lane.Overflow;
import io.nanogame.limit.Limit;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.serialize.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * All sessions of this server that are open. Any thread.
 */
public final class Sessions {

	private final LongSupplier ids;

	private final ConcurrentMap<Long, Session> byId = new ConcurrentHashMap<>();

	private final LoginRegistry logins;

	private final SessionListeners listeners = new SessionListeners();

	private final Payloads payloads;

	private final List<Payloads> otherPayloads = new CopyOnWriteArrayList<>();

	private final Executor workers;

	private final Executor overflow = new Overflow();

	private final Limit attributeLimit;

	volatile BiConsumer<String, Object> attributeCheck = (name, value) -> {
	};

	/**
	 * An empty registry.
	 * @param payloads how pushed values become bytes
	 * @param workers where handlers run that may block, and listeners
	 */
	public Sessions(Payloads payloads, Executor workers) {
		this(payloads, workers, 0);
	}

	/**
	 * An empty registry of sessions that keep so much at most.
	 * @param payloads how pushed values become bytes
	 * @param workers where handlers run that may block, and listeners
	 * @param maxAttributes how many attributes a session may have; 0 for any number
	 */
	public Sessions(Payloads payloads, Executor workers, int maxAttributes) {
		this(payloads, workers, maxAttributes, new AtomicLong()::incrementAndGet, LoginPolicy.SEVERAL);
	}

	/**
	 * An empty registry of sessions whose ids are unique beyond this server.
	 * @param payloads how pushed values become bytes
	 * @param workers where handlers run that may block, and listeners
	 * @param maxAttributes how many attributes a session may have; 0 for any number
	 * @param ids gives each new session a number above 0 that fits in 53 bits; any thread
	 * @param policy what a login of a player becomes who is logged in already
	 */
	public Sessions(Payloads payloads, Executor workers, int maxAttributes, LongSupplier ids, LoginPolicy policy) {
		this.ids = ids;
		this.logins = new LoginRegistry(policy);
		this.payloads = payloads;
		this.workers = workers;
		this.attributeLimit = new Limit("attributes", maxAttributes);
	}

	/**
	 * Finds a session by its id.
	 * @param id the id
	 * @return the session, if it is open
	 */
	public Optional<Session> find(long id) {
		return Optional.ofNullable(this.byId.get(id));
	}

	/**
	 * Finds the sessions of a player, who may be connected more than once.
	 * @param uid what the sessions were bound to
	 * @return those that are open now; safe to iterate while others come and go
	 */
	public Collection<Session> findByUid(String uid) {
		return this.logins.find(uid);
	}

	/**
	 * All open sessions.
	 * @return a live view that is safe to iterate
	 */
	public Collection<Session> all() {
		return Collections.unmodifiableCollection(this.byId.values());
	}

	public int count() {
		return this.byId.size();
	}

	/**
	 * Adds a listener for all sessions.
	 * @param listener called from now on
	 */
	public void addListener(SessionListener listener) {
		this.listeners.add(listener);
	}

	public void removeListener(SessionListener listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Makes a session for a connection in its handshake. It is found by nobody until
	 * {@link #open(Session)}.
	 * @param connection the way to the client
	 * @param handshake what the client said of itself
	 * @return the session
	 */
	public Session create(Connection connection, HandshakeRequest handshake) {
		return create(this.ids.getAsLong(), connection, handshake);
	}

	/**
	 * Makes a session for a connection in its handshake, with the payloads that its
	 * protocol has chosen.
	 * @param connection the way to the client
	 * @param handshake what the client said of itself
	 * @param with the server's payloads, or {@linkplain #addPayloads added} ones
	 * @return the session
	 * @throws IllegalArgumentException when they were not
	 */
	public Session create(Connection connection, HandshakeRequest handshake, Payloads with) {
		if (with != this.payloads && !this.otherPayloads.contains(with)) {
			throw new IllegalArgumentException("Handlers are not prepared for these payloads");
		}
		return new Session(this.ids.getAsLong(), connection, handshake, this, with, true, null);
	}

	/**
	 * Makes the session of a client of another server. It is found by nobody until
	 * {@link #open(Session)}.
	 * @param id the id it has there
	 * @param connection the way to that server
	 * @param handshake what the client said of itself
	 * @return the session
	 */
	public Session create(long id, Connection connection, HandshakeRequest handshake) {
		return new Session(id, connection, handshake, this, this.payloads, true, null);
	}

	/**
	 * Makes a session that can be spoken to, and that nobody finds: the seat of a player
	 * on another server, of whom this one has only heard.
	 * @param id the id it has there
	 * @param connection the way to that server
	 * @param uid what it is bound to, or null
	 * @return the session
	 */
	public Session createUnlisted(long id, Connection connection, @Nullable String uid) {
		return new Session(id, connection, HandshakeRequest.of(ClientInfo.UNKNOWN, null), this, this.payloads, false,
				uid);
	}

	/**
	 * Opens a session after its handshake: it is found, its uid counts, and listeners are
	 * called. It is closed instead if another session that stays holds its uid.
	 * @param session a session of {@link #create}
	 * @return whether it was opened
	 */
	public boolean open(Session session) {
		if (!session.isOpen() || !session.login().open()) {
			return false;
		}
		this.byId.put(session.id(), session);
		if (!this.listeners.isEmpty()) {
			boolean bound = session.uid() != null;
			session.inOrder(() -> {
				if (bound) {
					tellBound(session);
				}
				this.listeners.report((listener) -> listener.opened(session));
			});
		}
		if (session.bothOpenedAndClosed()) {
			end(session);
		}
		return true;
	}

	/**
	 * The sessions by uid.
	 * @return always the same object
	 */
	public LoginRegistry logins() {
		return this.logins;
	}

	/**
	 * The limit of attributes.
	 * @return how many a session may have
	 */
	public Limit attributeLimit() {
		return this.attributeLimit;
	}

	/**
	 * Adds a check of attributes that travel to other nodes. Before there is any session.
	 * @param check given name and value before they are set, under a lock of the session;
	 * throws {@link IllegalArgumentException} to refuse them
	 */
	public void checkAttributes(BiConsumer<String, Object> check) {
		this.attributeCheck = check;
	}

	/**
	 * Returns the server's payloads.
	 * @return how values sent to most sessions become bytes
	 */
	public Payloads payloads() {
		return this.payloads;
	}

	/**
	 * Adds payloads that sessions may have instead of the server's. Before the server is
	 * built, because that prepares handlers for them.
	 * @param other such as those of a protocol whose messages are JSON text
	 */
	public void addPayloads(Payloads other) {
		this.otherPayloads.add(other);
	}

	/**
	 * Returns the payloads that were {@linkplain #addPayloads added}.
	 * @return a live view, without the server's
	 */
	public Collection<Payloads> otherPayloads() {
		return Collections.unmodifiableCollection(this.otherPayloads);
	}

	/**
	 * Where the game's code runs that may block.
	 * @return the threads of handlers that have no lane of their own
	 */
	public Executor workers() {
		return this.workers;
	}

	/** Runs what must not be lost when no worker takes it. */
	Executor overflow() {
		return this.overflow;
	}

	/** Asks listeners whether the game may bind a session. */
	void binding(Session session, String uid) {
		this.listeners.binding(session, uid);
	}

	void tellBound(Session session) {
		this.listeners.report((listener) -> listener.bound(session));
	}

	void tellUnbound(Session session, String uid) {
		this.listeners.report((listener) -> listener.unbound(session, uid));
	}

	void principalChanged(Session session) {
		this.listeners.report((listener) -> listener.principalChanged(session));
	}

	/** Called once, by the session that closes. */
	void closed(Session session) {
		session.login().close();
		if (session.bothOpenedAndClosed()) {
			end(session);
		}
	}

	/** After listeners were told of the beginning. */
	private void end(Session session) {
		this.byId.remove(session.id());
		CloseReason reason = session.closeReason();
		if (reason != null && !this.listeners.isEmpty()) {
			session.inOrder(() -> this.listeners.report((listener) -> listener.closed(session, reason)));
		}
	}

}
