package io.nanogame.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets each player have one session. Of two logins one stays, always: the newer one or
 * the older one, as the {@link LoginPolicy} says.
 * <p>
 * Each login of this server makes a claim. Claims of one server are decided in the order
 * they are made. In a cluster claims travel with a stamp that grows with time; a server
 * that receives a claim which loses against its own announces its own again, so every
 * loser learns of a winner. Any thread.
 */
final class UniqueLogins {

	private static final Logger log = LoggerFactory.getLogger(UniqueLogins.class);

	private final Map<String, Holder> holders = new ConcurrentHashMap<>();

	private final boolean newestWins;

	private volatile RemoteLogins remote = RemoteLogins.NONE;

	/**
	 * Unique logins.
	 * @param newestWins true when a later login replaces an earlier one, false when the
	 * earlier one refuses it
	 */
	UniqueLogins(boolean newestWins) {
		this.newestWins = newestWins;
	}

	void join(RemoteLogins others) {
		this.remote = others;
	}

	/**
	 * Claims a uid for a session of this server.
	 * @return the session that has to go: the one before, or the claimant itself, which
	 * then holds nothing; null for none
	 */
	@Nullable Session claim(Session session, String uid) {
		AtomicReference<@Nullable Session> loser = new AtomicReference<>();
		this.holders.compute(uid, (key, present) -> {
			if (present != null && present.session != session && !this.newestWins && present.session.isOpen()) {
				loser.set(session);
				return present;
			}
			loser.set((present != null && present.session != session) ? present.session : null);
			// The stamp is drawn here, so it is the greatest of this uid on this server.
			return new Holder(new LoginClaim(uid, this.remote.stamp(), session.id()), session);
		});
		return loser.get();
	}

	void release(Session session, String uid) {
		this.holders.computeIfPresent(uid, (key, present) -> (present.session == session) ? null : present);
	}

	/**
	 * Receives the claim of another server.
	 * @return the session of this server that has lost its uid to it, or null
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

	/** Announces all claims, because some may not have been received. */
	void announce() {
		this.holders.values().forEach(this::announce);
	}

	/** Announces the claim to a uid, if there is one. */
	void announce(String uid) {
		Holder holder = this.holders.get(uid);
		if (holder != null) {
			announce(holder);
		}
	}

	private void announce(Holder holder) {
		try {
			this.remote.announce(holder.claim);
		}
		catch (RuntimeException ex) {
			log.error("A login could not be announced to the other servers", ex);
		}
	}

	CloseReason lost() {
		return this.newestWins ? CloseReason.REPLACED : CloseReason.ALREADY_LOGGED_IN;
	}

	private record Holder(LoginClaim claim, Session session) {
	}

}
