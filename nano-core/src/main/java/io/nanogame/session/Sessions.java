package io.nanogame.session;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.nanogame.limit.Limit;
import io.nanogame.serialize.Payloads;

/**
 * The open sessions of this server. Thread-safe.
 */
public final class Sessions {

	final SessionRegistry registry;

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
		this.registry = new SessionRegistry(this, payloads, workers, new Limit("attributes", maxAttributes), ids,
				policy);
	}

	/**
	 * Finds a session by its id.
	 * @param id the id
	 * @return the session, if there is one that is open
	 */
	public Optional<Session> find(long id) {
		return Optional.ofNullable(this.registry.find(id));
	}

	/**
	 * Finds the sessions of a player, who may have several.
	 * @param uid the uid to which they are bound
	 * @return the open sessions; safe to iterate while sessions open and close
	 */
	public Collection<Session> findByUid(String uid) {
		return this.registry.logins().find(uid);
	}

	/**
	 * Returns all open sessions.
	 * @return a live view; safe to iterate while sessions open and close
	 */
	public Collection<Session> all() {
		return this.registry.all();
	}

	/**
	 * Returns whether the client of a session is, or was last, connected to this server.
	 * @param session a session of this server
	 * @return false for the copy of a session whose client is connected to another node
	 */
	public boolean isLocal(Session session) {
		return this.registry.logins().isOwn(session);
	}

	public int count() {
		return this.registry.all().size();
	}

	/**
	 * Adds a listener for all sessions.
	 * @param listener receives events from now on
	 */
	public void addListener(SessionListener listener) {
		this.registry.listeners().add(listener);
	}

	public void removeListener(SessionListener listener) {
		this.registry.listeners().remove(listener);
	}

}
