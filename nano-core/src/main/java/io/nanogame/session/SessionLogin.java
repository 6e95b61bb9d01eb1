package io.nanogame.session;

import java.security.Principal;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.nanogame.limit.Names;
import org.jspecify.annotations.Nullable;

/**
 * The uid and the principal of a session. A session may be bound in its handshake
 * already, but the uid takes effect only when it opens. For the engine; games use
 * {@link Session}. Thread-safe.
 */
public final class SessionLogin {

	private static final AtomicReferenceFieldUpdater<SessionLogin, Principal> PRINCIPAL = AtomicReferenceFieldUpdater
		.newUpdater(SessionLogin.class, Principal.class, "principal");

	private enum Phase {

		/** In its handshake: other sessions are not affected by its uid. */
		CANDIDATE,

		/** Stands for a session of another server, and is not found by its uid. */
		UNLISTED,

		OPEN, CLOSED

	}

	private final Session session;

	private final SessionRegistry registry;

	/** Written under the lock. */
	private volatile Phase phase;

	/** Written under the lock. */
	private volatile @Nullable String uid;

	private volatile @Nullable Principal principal;

	SessionLogin(Session session, SessionRegistry registry, boolean listed, @Nullable String uid) {
		this.session = session;
		this.registry = registry;
		this.phase = listed ? Phase.CANDIDATE : Phase.UNLISTED;
		this.uid = uid;
	}

	/**
	 * Returns whether the session is in its handshake, and receives no messages yet.
	 * @return false once it is open or closed
	 */
	public boolean isCandidate() {
		return this.phase == Phase.CANDIDATE;
	}

	@Nullable String uid() {
		return this.uid;
	}

	@Nullable Principal principal() {
		return this.principal;
	}

	/** See {@link Session#principal(Principal)}. */
	void principal(@Nullable Principal now) {
		Principal before = PRINCIPAL.getAndSet(this, now);
		if (!Objects.equals(before, now)) {
			this.registry.principalChanged(this.session);
		}
	}

	/**
	 * Sets the principal of the transport, such as of a certificate. Listeners are called
	 * in the order of the session, on a worker, before it opens.
	 * @param authenticated the principal
	 */
	public void introduce(Principal authenticated) {
		this.principal = authenticated;
		this.session.inOrder(() -> this.registry.principalChanged(this.session));
	}

	/**
	 * Accepts the principal of another server. Listeners are not called.
	 * @param now the principal, or null
	 */
	public void acceptPrincipal(@Nullable Principal now) {
		this.principal = now;
	}

	/** See {@link Session#bind}. */
	void bind(String wanted) {
		if (wanted.isEmpty()) {
			throw new IllegalArgumentException("A uid must not be empty");
		}
		Names.check("A uid", wanted);
		if (isBoundTo(wanted)) {
			return;
		}
		if (logins().refuses(this.session, wanted)) {
			throw new LoginRefusedException(CloseReason.ALREADY_LOGGED_IN.message());
		}
		this.registry.binding(this.session, wanted);
		if (bindHere(wanted)) {
			this.registry.reportBound(this.session);
		}
	}

	/** Returns whether listeners must be notified. */
	private boolean bindHere(String wanted) {
		Session loser;
		boolean counts;
		synchronized (this) {
			if (isBoundTo(wanted)) {
				return false;
			}
			counts = counts();
			loser = (this.phase == Phase.OPEN) ? logins().claim(this.session, wanted) : null;
			if (loser == this.session) {
				throw new LoginRefusedException(CloseReason.ALREADY_LOGGED_IN.message());
			}
			set(wanted, true);
		}
		logins().close(loser);
		return counts;
	}

	/** Returns whether changes have an effect on other sessions. Under the lock. */
	private boolean counts() {
		return this.phase == Phase.OPEN || this.phase == Phase.UNLISTED;
	}

	/** Throws if the session is bound to another uid. */
	private boolean isBoundTo(String wanted) {
		String current = this.uid;
		if (current != null && !current.equals(wanted)) {
			throw new SessionAlreadyBoundException(this.session);
		}
		return current != null;
	}

	/** Called under the lock. */
	private void set(String now, boolean here) {
		this.uid = now;
		if (this.phase == Phase.OPEN) {
			logins().bound(this.session, now, here);
		}
		else if (this.phase == Phase.UNLISTED) {
			logins().observe(this.session, now, here);
		}
	}

	/**
	 * Accepts the uid to which another server has bound the session. If its client is
	 * connected to this server, the uid is claimed, and the session may be closed.
	 * @param bound the uid
	 * @return false if it was bound to this uid already, or was closed
	 * @throws SessionAlreadyBoundException when it is bound to another uid
	 */
	public boolean acceptBound(String bound) {
		Session loser;
		boolean counts;
		synchronized (this) {
			if (isBoundTo(bound)) {
				return false;
			}
			counts = counts();
			loser = (this.phase == Phase.OPEN) ? logins().claim(this.session, bound) : null;
			if (loser != this.session) {
				set(bound, false);
			}
		}
		logins().close(loser);
		if (loser == this.session) {
			return false;
		}
		if (counts) {
			this.session.inOrder(() -> this.registry.reportBound(this.session));
		}
		return true;
	}

	/** See {@link Session#unbind}. */
	void unbind() {
		String former = this.uid;
		if (former != null && release(former, true)) {
			this.registry.reportUnbound(this.session, former);
		}
	}

	/**
	 * Accepts that another server has unbound the session.
	 * @param former the uid to which it was bound there
	 * @return false if it is not bound to this uid here
	 */
	public boolean acceptUnbound(String former) {
		boolean released = release(former, false);
		if (released) {
			this.session.inOrder(() -> this.registry.reportUnbound(this.session, former));
		}
		return released;
	}

	/** Returns whether listeners must be notified. */
	private synchronized boolean release(String former, boolean here) {
		if (!former.equals(this.uid)) {
			return false;
		}
		this.uid = null;
		if (counts()) {
			logins().unbound(this.session, former, here);
		}
		return counts();
	}

	/**
	 * Opens the session, so that its uid takes effect.
	 * @return false if the session is closed, perhaps because another one holds its uid
	 */
	boolean open() {
		Session loser = null;
		synchronized (this) {
			if (this.phase != Phase.CANDIDATE) {
				return false;
			}
			this.phase = Phase.OPEN;
			String bound = this.uid;
			if (bound != null) {
				loser = logins().claim(this.session, bound);
				if (loser == this.session) {
					this.uid = null;
				}
				else {
					set(bound, logins().isOwn(this.session));
				}
			}
		}
		logins().close(loser);
		return loser != this.session;
	}

	/**
	 * Continues the login of a session that has moved to this server. Listeners are not
	 * called.
	 * @param bound the uid, or null
	 * @param stamp the stamp of its claim to the uid; 0 if it has none
	 */
	public void restore(@Nullable String bound, long stamp) {
		Session loser = null;
		synchronized (this) {
			if (bound != null) {
				loser = logins().adopt(this.session, bound, stamp);
				if (loser != this.session) {
					this.uid = bound;
					logins().bound(this.session, bound, false);
				}
			}
		}
		logins().close(loser);
	}

	/** Opens a session without a uid that has been opened on another server. */
	synchronized void restore() {
		this.phase = Phase.OPEN;
	}

	/** Releases the uid, which the session still returns. */
	synchronized void close() {
		String last = this.uid;
		if (this.phase == Phase.OPEN && last != null) {
			logins().unbound(this.session, last, true);
		}
		this.phase = Phase.CLOSED;
	}

	private LoginRegistry logins() {
		return this.registry.logins();
	}

}
