package io.nanogame.session;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sessions are bound to which uid, and whether one more may be, as the
 * {@link LoginPolicy} says. For the parts of a server, not for the game. Any thread.
 */
public final class LoginRegistry {

	private static final Logger log = LoggerFactory.getLogger(LoginRegistry.class);

	private final ConcurrentMap<String, Set<Session>> byUid = new ConcurrentHashMap<>();

	private final List<LoginObserver> observers = new CopyOnWriteArrayList<>();

	/** Null when a player may have several sessions. */
	private final @Nullable UniqueLogins unique;

	private final boolean refuses;

	private volatile RemoteLogins remote = RemoteLogins.NONE;

	LoginRegistry(LoginPolicy policy) {
		this.unique = (policy != LoginPolicy.SEVERAL) ? new UniqueLogins(policy == LoginPolicy.REPLACE) : null;
		this.refuses = policy == LoginPolicy.REFUSE;
	}

	/**
	 * Makes this server one of a cluster. Call before sessions come.
	 * @param others the other servers
	 */
	public void join(RemoteLogins others) {
		this.remote = others;
		if (this.unique != null) {
			this.unique.join(others);
		}
	}

	/**
	 * Whether a player has one session at most.
	 * @return false when a player may have several
	 */
	public boolean isUnique() {
		return this.unique != null;
	}

	public void addObserver(LoginObserver observer) {
		this.observers.add(observer);
	}

	Collection<Session> find(String uid) {
		return Collections.unmodifiableCollection(this.byUid.getOrDefault(uid, Set.of()));
	}

	/**
	 * Whether the uid a session was given in its handshake is held by another session,
	 * here or on another server, and so must be refused.
	 * @param candidate a session that is not open yet
	 * @return the decision, right away unless other servers have to be asked; on any
	 * thread
	 */
	public CompletionStage<Boolean> isRefused(Session candidate) {
		String uid = candidate.uid();
		if (!this.refuses || uid == null) {
			return CompletableFuture.completedFuture(false);
		}
		return isHeldHere(candidate, uid) ? CompletableFuture.completedFuture(true) : this.remote.isHeld(uid);
	}

	/**
	 * Whether the policy keeps a session from a uid, as far as this server knows.
	 */
	boolean refuses(Session session, String uid) {
		return this.refuses && isHeldHere(session, uid);
	}

	private boolean isHeldHere(Session session, String uid) {
		return this.byUid.getOrDefault(uid, Set.of())
			.stream()
			.anyMatch((other) -> other.id() != session.id() && other.isOpen());
	}

	boolean isOwn(Session session) {
		return this.remote.isOwn(session);
	}

	/**
	 * Claims a uid for a session whose client is connected to this server; other servers
	 * claim it for theirs.
	 * @return the session that has to go: the one before, or the claimant itself, which
	 * then holds nothing; null for none
	 */
	@Nullable Session claim(Session session, String uid) {
		return (this.unique != null && this.remote.isOwn(session)) ? this.unique.claim(session, uid) : null;
	}

	/** Under the lock of the session's login. */
	void bound(Session session, String uid, boolean here) {
		this.byUid.compute(uid, (key, sessions) -> {
			Set<Session> holders = (sessions != null) ? sessions : ConcurrentHashMap.newKeySet(2);
			holders.add(session);
			return holders;
		});
		observe(session, uid, here);
		announce(uid);
	}

	/** As {@link #bound} of a session that is not found here. */
	void observe(Session session, String uid, boolean here) {
		notifyObservers((observer) -> observer.bound(session, uid, here));
	}

	/** A login stands, whatever other parts of the server make of it. */
	private void notifyObservers(Consumer<LoginObserver> event) {
		for (LoginObserver observer : this.observers) {
			try {
				event.accept(observer);
			}
			catch (RuntimeException ex) {
				log.error("A part of this server could not follow a login", ex);
			}
		}
	}

	/** Under the lock of the session's login. */
	void unbound(Session session, String uid, boolean here) {
		this.byUid.computeIfPresent(uid, (key, sessions) -> {
			sessions.remove(session);
			return sessions.isEmpty() ? null : sessions;
		});
		if (this.unique != null) {
			this.unique.release(session, uid);
		}
		notifyObservers((observer) -> observer.unbound(session, uid, here));
	}

	/** Not under a lock: the session that has to go has one of its own. */
	void close(@Nullable Session loser) {
		if (loser != null && this.unique != null) {
			loser.close(this.unique.lost());
		}
	}

	/**
	 * Receives a login of another server.
	 * @param claim the login
	 */
	public void received(LoginClaim claim) {
		if (this.unique != null) {
			close(this.unique.received(claim));
		}
	}

	/** Announces all logins to the other servers, as some may not have been received. */
	public void announce() {
		if (this.unique != null) {
			this.unique.announce();
		}
	}

	/**
	 * Announces the login of a player again, if it is held here.
	 * @param uid the player
	 */
	public void announce(String uid) {
		if (this.unique != null) {
			this.unique.announce(uid);
		}
	}

}
