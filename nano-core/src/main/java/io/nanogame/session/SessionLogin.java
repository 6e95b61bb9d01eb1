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

	private final Session session;

	private final SessionRegistry registry;

	/** Written under the lock. */
	private volatile LoginPhase phase;

	/** Written under the lock. */
	private volatile @Nullable String uid;

	private volatile @Nullable Principal principal;

	/** The number of clients that are about to continue the session. Under the lock. */
	private int reserved;

	/** Whether the session is about to be closed, without its client. Under the lock. */
	private boolean ending;

	SessionLogin(Session session, SessionRegistry registry, boolean listed, @Nullable String uid) {
		this.session = session;
		this.registry = registry;
		this.phase = listed ? LoginPhase.CANDIDATE : LoginPhase.UNLISTED;
		this.uid = uid;
	}

	/** Returns whether the session is in its handshake, and receives no messages yet. */
	public boolean isCandidate() {
		return this.phase == LoginPhase.CANDIDATE;
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
			this.registry.listeners().principalChanged(this.session);
		}
	}

	/** Sets the principal of the transport. Listeners are called before it opens. */
	public void introduce(Principal authenticated) {
		this.principal = authenticated;
		this.session.inOrder(() -> this.registry.listeners().principalChanged(this.session));
	}

	/** Accepts the principal of another server. Listeners are not called. */
	public void acceptPrincipal(@Nullable Principal now) {
		this.principal = now;
	}

	/** See {@link Session#bind}. */
	Session bind(String wanted) {
		if (wanted.isEmpty()) {
			throw new IllegalArgumentException("A uid must not be empty");
		}
		Names.check("A uid", wanted);
		if (isBoundTo(wanted)) {
			return this.session;
		}
		logins().check(this.session, wanted);
		this.registry.listeners().binding(this.session, wanted);
		return logins().awaited().afterArrival(this.session, wanted, () -> bindHere(wanted));
	}

	/** Returns the session that is bound: this one, or the one that is continued. */
	private Session bindHere(String wanted) {
		ClaimedLogin claimed;
		boolean counts;
		synchronized (this) {
			Continuation begun = this.session.handle.leaving;
			if (begun != null) {
				return begun.survivorOf(wanted);
			}
			if (isBoundTo(wanted)) {
				return this.session;
			}
			counts = this.phase.counts();
			claimed = mayClaim() ? logins().claim(this.session, wanted, true) : ClaimedLogin.ALONE;
			if (claimed.loser() == this.session) {
				throw new LoginRefusedException(CloseReason.ALREADY_LOGGED_IN.message());
			}
			if (!leavesFor(claimed)) {
				set(wanted, true);
			}
		}
		Session bound = claimed.settle(this.session);
		if (counts && bound == this.session) {
			this.registry.listeners().bound(this.session);
		}
		return bound;
	}

	/** False for a session that has just been closed. Under the lock. */
	private boolean mayClaim() {
		return this.phase == LoginPhase.OPEN && this.session.isOpen();
	}

	/** Returns whether the client continues another session. Under the lock. */
	private boolean leavesFor(ClaimedLogin claimed) {
		if (claimed.continuation() == null) {
			return false;
		}
		this.phase = LoginPhase.LEFT;
		this.uid = null;
		return true;
	}

	private boolean isBoundTo(String wanted) {
		String current = this.uid;
		if (current != null && !current.equals(wanted)) {
			throw new SessionAlreadyBoundException(this.session);
		}
		return current != null;
	}

	private void set(String now, boolean here) {
		this.uid = now;
		if (this.phase == LoginPhase.OPEN) {
			logins().bound(this.session, now, here);
		}
		else if (this.phase == LoginPhase.UNLISTED) {
			logins().observe(this.session, now, here);
		}
	}

	/**
	 * Accepts the uid to which another server has bound the session. If its client is
	 * connected to this server, the uid is claimed, and the session may be closed.
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
			counts = this.phase.counts();
			loser = mayClaim() ? logins().claim(this.session, bound, false).loser() : null;
			if (loser != this.session) {
				set(bound, false);
			}
		}
		logins().close(loser);
		if (loser == this.session) {
			return false;
		}
		if (counts) {
			this.session.inOrder(() -> this.registry.listeners().bound(this.session));
		}
		return true;
	}

	/** See {@link Session#unbind}. */
	void unbind() {
		String former = this.uid;
		if (former != null && release(former, true)) {
			this.session.handle.unbound();
			this.registry.listeners().unbound(this.session, former);
		}
	}

	/** Accepts that another server has unbound the session; false if it was not bound. */
	public boolean acceptUnbound(String former) {
		boolean released = release(former, false);
		if (released) {
			this.session.handle.unbound();
			this.session.inOrder(() -> this.registry.listeners().unbound(this.session, former));
		}
		return released;
	}

	private synchronized boolean release(String former, boolean here) {
		if (!former.equals(this.uid)) {
			return false;
		}
		this.uid = null;
		if (this.phase.counts()) {
			logins().unbound(this.session, former, here);
		}
		return this.phase.counts();
	}

	/** Opens the session. Returns false if it is closed, or continues another one. */
	boolean open() {
		ClaimedLogin claimed = ClaimedLogin.ALONE;
		synchronized (this) {
			if (this.phase != LoginPhase.CANDIDATE) {
				return false;
			}
			this.phase = LoginPhase.OPEN;
			String bound = this.uid;
			if (bound != null && mayClaim()) {
				claimed = logins().claim(this.session, bound, true);
				if (claimed.loser() == this.session) {
					this.uid = null;
				}
				else if (!leavesFor(claimed)) {
					set(bound, logins().isOwn(this.session));
				}
			}
		}
		return claimed.settle(this.session) == this.session && claimed.loser() != this.session;
	}

	/** Reserves the session for the client of another one. Returns false if it ends. */
	synchronized boolean reserve() {
		boolean reservable = this.phase == LoginPhase.OPEN && !this.ending && this.session.isOpen();
		this.reserved += reservable ? 1 : 0;
		return reservable;
	}

	/** Called when a client for which the session was reserved continues it. */
	public synchronized void unreserve() {
		this.reserved--;
	}

	/** Returns whether a client is about to continue the session. */
	public synchronized boolean isReserved() {
		return this.reserved > 0;
	}

	/** Rejects reservations from now on. Returns false if the session is reserved. */
	public synchronized boolean beginEnd() {
		this.ending = !isReserved();
		return this.ending;
	}

	/**
	 * Continues the login of a session that has moved to this server. Listeners are not
	 * called.
	 * @param bound the uid, or null
	 * @param stamp the stamp of its claim to the uid; 0 if it has none
	 */
	public void restore(@Nullable String bound, long stamp) {
		if (bound != null) {
			logins().close(adopt(bound, stamp));
		}
	}

	/** Returns the session that loses the uid, or null. */
	private synchronized @Nullable Session adopt(String bound, long stamp) {
		if (this.phase != LoginPhase.OPEN) {
			return null;
		}
		Session loser = logins().adopt(this.session, bound, stamp);
		if (loser != this.session) {
			this.uid = bound;
			logins().bound(this.session, bound, false);
		}
		return loser;
	}

	/** Opens a session that another server has opened. It may have left this one. */
	synchronized void restore() {
		this.phase = (this.phase == LoginPhase.CANDIDATE) ? LoginPhase.OPEN : this.phase;
		this.ending = false;
	}

	/** Releases the uid, which the session still returns. */
	synchronized void close() {
		String last = this.uid;
		if (this.phase == LoginPhase.OPEN && last != null) {
			logins().unbound(this.session, last, true);
		}
		this.phase = LoginPhase.CLOSED;
	}

	private LoginRegistry logins() {
		return this.registry.logins();
	}

}
