package io.nanogame.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ensures that each player has one session. Of two logins exactly one succeeds: the newer
 * or the older one, depending on the {@link LoginPolicy}.
 * <p>
 * Each login of this server makes a claim. The order of claims on one server decides. In
 * a cluster claims are announced with a stamp that grows with time. A server that
 * receives a losing claim announces its own again, so that the server of the loser
 * receives the winner. Thread-safe.
 */
final class UniqueLogins {

	private static final Logger log = LoggerFactory.getLogger(UniqueLogins.class);

	private final Map<String, Holder> holders = new ConcurrentHashMap<>();

	private final boolean newestWins;

	private volatile RemoteLogins remote = RemoteLogins.NONE;

	/**
	 * Creates a registry without claims.
	 * @param policy decides between two logins
	 */
	UniqueLogins(LoginPolicy policy) {
		this.newestWins = policy != LoginPolicy.REFUSE;
	}

	void join(RemoteLogins others) {
		this.remote = others;
	}

	/**
	 * Claims a uid for a session of this server.
	 * @return the session to close: the one that held the uid, or the given session,
	 * which does not hold it then; null for none
	 */
	@Nullable Session claim(Session session, String uid) {
		AtomicReference<@Nullable Session> loser = new AtomicReference<>();
		this.holders.compute(uid, (key, present) -> {
			if (present != null && present.session != session && !this.newestWins && present.session.isOpen()) {
				loser.set(session);
				return present;
			}
			loser.set((present != null && present.session != session) ? present.session : null);
			// Called under the lock of the uid, so that later claims have greater stamps.
			return new Holder(new LoginClaim(uid, this.remote.stamp(), session.id()), session);
		});
		return loser.get();
	}

	/**
	 * Lets the client of a session of this server continue the one that holds a uid, or
	 * claims the uid for it. Called under the lock of the session's login.
	 */
	ClaimedLogin continueOrClaim(Session session, String uid) {
		while (true) {
			Holder older = this.holders.get(uid);
			boolean other = older != null && older.session != session;
			Continuation continuation = other ? reserve(session, older.session, uid) : null;
			if (continuation != null) {
				renew(uid, older.session);
				return new ClaimedLogin(null, continuation);
			}
			// The stamp is greater than that of the older claim, which was read before.
			Holder newer = new Holder(new LoginClaim(uid, this.remote.stamp(), session.id()), session);
			if ((older == null) ? this.holders.putIfAbsent(uid, newer) == null
					: this.holders.replace(uid, older, newer)) {
				return other ? new ClaimedLogin(older.session, null) : ClaimedLogin.ALONE;
			}
		}
	}

	/**
	 * Returns null if the client cannot continue the older session, also because another
	 * client is about to continue the newer one.
	 */
	private @Nullable Continuation reserve(Session session, Session older, String uid) {
		SessionHandle from = session.handle;
		SessionHandle to = older.handle;
		if (from.login().isReserved() || from.arriving != null || !this.remote.isOwn(older)
				|| older.payloads() != session.payloads() || !to.connection().admits(from.connection())
				|| !to.login().reserve()) {
			return null;
		}
		Continuation continuation = new Continuation(from, to, uid);
		if (from.leave(continuation)) {
			return continuation;
		}
		to.login().unreserve();
		return null;
	}

	/** The newest login wins in the cluster, too. */
	private void renew(String uid, Session survivor) {
		this.holders.computeIfPresent(uid, (key, present) -> (present.session != survivor) ? present
				: new Holder(new LoginClaim(uid, this.remote.stamp(), survivor.id()), survivor));
		announce(uid);
	}

	void release(Session session, String uid) {
		this.holders.computeIfPresent(uid, (key, present) -> (present.session == session) ? null : present);
	}

	/**
	 * Continues the claim of another server, from which the session has moved.
	 * @return the session to close: one with a claim that loses, or the given session
	 */
	@Nullable Session adopt(LoginClaim claim, Session session) {
		AtomicReference<@Nullable Session> loser = new AtomicReference<>();
		this.holders.compute(claim.uid(), (key, present) -> {
			boolean isOther = present != null && present.session != session;
			if (isOther && present.claim.isNewerThan(claim) == this.newestWins) {
				loser.set(session);
				return present;
			}
			loser.set(isOther ? present.session : null);
			return new Holder(claim, session);
		});
		return loser.get();
	}

	/** Ends the claim of a session that has moved. Returns its stamp; 0 without one. */
	long leave(Session session, String uid) {
		Holder holder = this.holders.get(uid);
		return (holder != null && holder.session == session && this.holders.remove(uid, holder)) ? holder.claim.stamp()
				: 0;
	}

	/**
	 * Receives the claim of another server.
	 * @return the session of this server that loses its uid, or null
	 */
	@Nullable Session received(LoginClaim claim) {
		AtomicReference<@Nullable Session> loser = new AtomicReference<>();
		Holder left = this.holders.computeIfPresent(claim.uid(), (uid, present) -> {
			if (present.claim.isNewerThan(claim) == this.newestWins) {
				return present;
			}
			loser.set(present.session);
			return null;
		});
		if (left != null) {
			announce(left);
		}
		return loser.get();
	}

	/** Returns the claim of this server to a uid, or null. */
	@Nullable LoginClaim claimTo(String uid) {
		Holder holder = this.holders.get(uid);
		return (holder != null) ? holder.claim : null;
	}

	/** Announces the claim to a uid, if there is one. */
	void announce(String uid) {
		Holder holder = this.holders.get(uid);
		if (holder != null) {
			announce(holder);
		}
	}

	private void announce(Holder holder) {
		if (this.holders.get(holder.claim.uid()) != holder) {
			// The session has ended meanwhile.
			return;
		}
		try {
			this.remote.announce(holder.claim);
		}
		catch (RuntimeException ex) {
			log.error("A login could not be announced to the other servers", ex);
		}
	}

	/** Returns the reason for closing the session that loses. */
	CloseReason lost() {
		return this.newestWins ? CloseReason.REPLACED : CloseReason.ALREADY_LOGGED_IN;
	}

	private record Holder(LoginClaim claim, Session session) {
	}

}
