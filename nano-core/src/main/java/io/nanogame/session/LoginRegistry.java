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
 * The sessions by uid. Applies the {@link LoginPolicy}. For parts of the server; games
 * use {@link Sessions}. Thread-safe.
 */
public final class LoginRegistry {

	private static final Logger log = LoggerFactory.getLogger(LoginRegistry.class);

	private final ConcurrentMap<String, Set<Session>> byUid = new ConcurrentHashMap<>();

	private final List<LoginObserver> observers = new CopyOnWriteArrayList<>();

	/** Null if a player may have several sessions. */
	private final @Nullable UniqueLogins unique;

	private final LoginPolicy policy;

	private volatile RemoteLogins remote = RemoteLogins.NONE;

	private final AwaitedSessions awaited = new AwaitedSessions(this);

	LoginRegistry(LoginPolicy policy) {
		this.unique = (policy != LoginPolicy.SEVERAL) ? new UniqueLogins(policy) : null;
		this.policy = policy;
	}

	/**
	 * Makes this server a node of a cluster. Must be called before sessions open.
	 * @param others the other servers
	 */
	public void join(RemoteLogins others) {
		this.remote = others;
		if (this.unique != null) {
			this.unique.join(others);
		}
	}

	/**
	 * Returns the logins that wait for sessions of other servers.
	 * @return always the same object
	 */
	public AwaitedSessions awaited() {
		return this.awaited;
	}

	public void addObserver(LoginObserver observer) {
		this.observers.add(observer);
	}

	Collection<Session> find(String uid) {
		return Collections.unmodifiableCollection(this.byUid.getOrDefault(uid, Set.of()));
	}

	/**
	 * Returns whether a session must be rejected, because another session on this or
	 * another server holds the uid to which it was bound in its handshake.
	 * @param candidate a session that is not open yet
	 * @return the decision; complete already unless other servers are queried. Completes
	 * on any thread, exceptionally when they do not reply, so that it is unknown
	 */
	public CompletionStage<Boolean> isRefused(Session candidate) {
		String uid = candidate.uid();
		if (!refusesSecond() || uid == null) {
			return CompletableFuture.completedFuture(false);
		}
		return isHeldHere(candidate, uid) ? CompletableFuture.completedFuture(true) : this.remote.isHeld(uid);
	}

	/**
	 * Returns whether the policy rejects the newer of two logins.
	 * @return true for {@link LoginPolicy#REFUSE}
	 */
	public boolean refusesSecond() {
		return this.policy == LoginPolicy.REFUSE;
	}

	/**
	 * Returns whether the client of the newer of two logins continues the older session.
	 * @return true for {@link LoginPolicy#CONTINUE}
	 */
	public boolean continuesFirst() {
		return this.policy == LoginPolicy.CONTINUE;
	}

	/**
	 * Checks a login against the sessions of this server.
	 * @throws LoginRefusedException when the policy rejects it because of one of them
	 */
	void check(Session session, String uid) {
		if (refusesSecond() && isHeldHere(session, uid)) {
			throw new LoginRefusedException(CloseReason.ALREADY_LOGGED_IN.message());
		}
	}

	private boolean isHeldHere(Session session, String uid) {
		return this.byUid.getOrDefault(uid, Set.of())
			.stream()
			.anyMatch((other) -> other.id() != session.id() && other.isOpen());
	}

	/**
	 * Returns whether the client of a session is connected to this server.
	 * @param session the session
	 * @return false if the client is connected to another server of the cluster
	 */
	public boolean isOwn(Session session) {
		return this.remote.isOwn(session);
	}

	/**
	 * Claims a uid for a session whose client is connected to this server; other servers
	 * claim it for theirs.
	 * @param mayContinue whether its client may continue the session that holds the uid
	 */
	ClaimedLogin claim(Session session, String uid, boolean mayContinue) {
		if (this.unique == null || !this.remote.isOwn(session)) {
			return ClaimedLogin.ALONE;
		}
		return (mayContinue && continuesFirst()) ? this.unique.continueOrClaim(session, uid)
				: new ClaimedLogin(this.unique.claim(session, uid), null);
	}

	/**
	 * Ends the claim of a session that has moved to another server.
	 * @param session the session
	 * @return the stamp of the claim; 0 if there is none
	 */
	public long leave(Session session) {
		String uid = session.uid();
		return (this.unique != null && uid != null) ? this.unique.leave(session, uid) : 0;
	}

	/** Continues a claim. Returns the session to close, or null. */
	@Nullable Session adopt(Session session, String uid, long stamp) {
		return (this.unique != null && stamp != 0)
				? this.unique.adopt(new LoginClaim(uid, stamp, session.id()), session) : null;
	}

	/** Called under the lock of the session's login. */
	void bound(Session session, String uid, boolean here) {
		this.byUid.compute(uid, (key, sessions) -> {
			Set<Session> holders = (sessions != null) ? sessions : ConcurrentHashMap.newKeySet(2);
			holders.add(session);
			return holders;
		});
		observe(session, uid, here);
		if (this.unique != null) {
			this.unique.announce(uid);
		}
	}

	/** Notifies observers about a session that is not found by its uid. */
	void observe(Session session, String uid, boolean here) {
		notifyObservers((observer) -> observer.bound(session, uid, here));
	}

	/** An observer that fails does not prevent the login. */
	private void notifyObservers(Consumer<LoginObserver> event) {
		for (LoginObserver observer : this.observers) {
			try {
				event.accept(observer);
			}
			catch (RuntimeException ex) {
				log.error("An observer of logins failed", ex);
			}
		}
	}

	/** Called under the lock of the session's login. */
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

	/** Must not be called under the lock of a login: this takes another one. */
	void close(@Nullable Session loser) {
		if (loser != null && this.unique != null) {
			loser.close(this.unique.lost());
		}
	}

	/**
	 * Receives the claim of another server.
	 * @param claim the claim
	 */
	public void received(LoginClaim claim) {
		if (this.unique != null) {
			close(this.unique.received(claim));
		}
	}

	/** Returns the time of a login that begins now. */
	long stamp() {
		return this.remote.stamp();
	}

	/**
	 * Returns whether a player has logged in again since a login has begun.
	 * @param uid the player
	 * @param stamp the time of the login, by the clock of the cluster
	 * @return true if a session of this server has a later claim to the uid
	 */
	public boolean isOutdated(String uid, long stamp) {
		LoginClaim present = claimTo(uid);
		return present != null && present.stamp() > stamp;
	}

	/**
	 * Returns the claim of this server to a uid.
	 * @param uid the player
	 * @return the claim; null if no session of this server has claimed it, or a player
	 * may have several sessions
	 */
	public @Nullable LoginClaim claimTo(String uid) {
		return (this.unique != null) ? this.unique.claimTo(uid) : null;
	}

}
