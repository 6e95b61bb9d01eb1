package io.nanogame.session;

import java.security.Principal;
import java.util.Objects;

import io.nanogame.limit.Names;
import org.jspecify.annotations.Nullable;

/**
 * The login of a session, and when it counts: a session may be bound in its handshake
 * already, but takes the uid only when it opens. For those who carry sessions, not for
 * the game. Any thread.
 */
public final class SessionLogin {

	private enum Phase {

		/** In its handshake: it has a uid for itself only. */
		CANDIDATE,

		/** It stands for a session of another server, and is not found by its uid. */
		UNLISTED,

		OPEN, CLOSED

	}

	private final Session session;

	private final Sessions sessions;

	/** Written under the lock of this. */
	private volatile Phase phase;

	/** Written under the lock of this. */
	private volatile @Nullable String uid;

	private volatile @Nullable Principal principal;

	SessionLogin(Session session, Sessions sessions, boolean listed, @Nullable String uid) {
		this.session = session;
		this.sessions = sessions;
		this.phase = listed ? Phase.CANDIDATE : Phase.UNLISTED;
		this.uid = uid;
	}

	/**
	 * Whether the session is in its handshake, and gets no messages yet.
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

	/** Set by the game, or by what knows the client. */
	void principal(@Nullable Principal now) {
		Principal before = this.principal;
		this.principal = now;
		if (!Objects.equals(before, now)) {
			this.sessions.principalChanged(this.session);
		}
	}

	/**
	 * The transport knows who is logged in, such as by a certificate. Listeners are
	 * called in the order of the session, on a worker, before it is opened.
	 * @param known the principal
	 */
	public void introduce(Principal known) {
		this.principal = known;
		this.session.inOrder(() -> this.sessions.principalChanged(this.session));
	}

	/**
	 * Takes over a principal from the other server, which knows it already.
	 * @param known the principal, or null for none
	 */
	public void takePrincipal(@Nullable Principal known) {
		this.principal = known;
	}

	/** The game binds the session, on whichever server that is. */
	void bind(String wanted) {
		if (wanted.isEmpty()) {
			throw new IllegalArgumentException("A uid must not be empty");
		}
		Names.check("A uid", wanted);
		if (isBoundTo(wanted)) {
			return;
		}
		if (logins().refuses(this.session, wanted)) {
			throw new LoginRefusedException(CloseReason.ALREADY_LOGGED_IN.words());
		}
		this.sessions.binding(this.session, wanted);
		if (bindHere(wanted)) {
			this.sessions.tellBound(this.session);
		}
	}

	/** Returns whether the uid counts from now on. */
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
				throw new LoginRefusedException(CloseReason.ALREADY_LOGGED_IN.words());
			}
			set(wanted, true);
		}
		logins().close(loser);
		return counts;
	}

	/** Under the lock: whether others learn of a change. */
	private boolean counts() {
		return this.phase == Phase.OPEN || this.phase == Phase.UNLISTED;
	}

	/** Fails when it is bound to another uid. */
	private boolean isBoundTo(String wanted) {
		String present = this.uid;
		if (present != null && !present.equals(wanted)) {
			throw new SessionAlreadyBoundException(this.session);
		}
		return present != null;
	}

	/** Under the lock. */
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
	 * Another server has bound the session. If that is the server of its client, the uid
	 * is certain; if this is, the uid is claimed, and the session may be closed for it.
	 * @param bound the uid
	 * @return false when it was bound to it already
	 * @throws SessionAlreadyBoundException when it is bound to another uid
	 */
	public boolean take(String bound) {
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
			this.session.inOrder(() -> this.sessions.tellBound(this.session));
		}
		return true;
	}

	/** The game lets the uid go. */
	void unbind() {
		String gone = this.uid;
		if (gone != null && release(gone, true)) {
			this.sessions.tellUnbound(this.session, gone);
		}
	}

	/**
	 * Another server has unbound the session.
	 * @param gone the uid it had there
	 * @return false when it is not bound to it here
	 */
	public boolean takeUnbound(String gone) {
		boolean released = release(gone, false);
		if (released) {
			this.session.inOrder(() -> this.sessions.tellUnbound(this.session, gone));
		}
		return released;
	}

	private synchronized boolean release(String gone, boolean here) {
		if (!gone.equals(this.uid)) {
			return false;
		}
		this.uid = null;
		if (counts()) {
			logins().unbound(this.session, gone, here);
		}
		return counts();
	}

	/**
	 * The handshake is over: what was bound in it counts now.
	 * @return false when the session is closed, perhaps because its uid is held
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

	/** The session is over. It keeps its uid, for those who look at it afterwards. */
	synchronized void close() {
		String last = this.uid;
		if (this.phase == Phase.OPEN && last != null) {
			logins().unbound(this.session, last, true);
		}
		this.phase = Phase.CLOSED;
	}

	private LoginRegistry logins() {
		return this.sessions.logins();
	}

}
