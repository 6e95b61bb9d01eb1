package io.nanogame.cluster.gateway;

import io.nanogame.cluster.frame.GatewayFrame.StateChange;
import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import io.nanogame.cluster.frame.SessionFrame.SessionProbe;
import io.nanogame.cluster.frame.SessionReceiver;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginObserver;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.session.Sessions;

/**
 * The state of the sessions of this node: applies the changes of other nodes, and sends
 * each change to all nodes that know the session. Thread-safe.
 */
final class SessionStates implements SessionReceiver, SessionListener, LoginObserver {

	private final Sessions sessions;

	private final ForwardedSessions forwarded;

	private final Destinations destinations;

	SessionStates(Sessions sessions, ForwardedSessions forwarded, Destinations destinations) {
		this.sessions = sessions;
		this.forwarded = forwarded;
		this.destinations = destinations;
	}

	/**
	 * Applies a change by the game of another node.
	 * @return false if this node does not own the session
	 */
	boolean accept(String from, StateChange change) {
		if (!this.forwarded.isOwn(change.session())) {
			return false;
		}
		Session found = this.sessions.find(change.session()).orElse(null);
		if (found == null) {
			return true;
		}
		ForwardedSession known = this.forwarded.of(found);
		return known != null && known.copies().received().accept(from, change);
	}

	@Override
	public void sessionClosed(String from, SessionClosed closed) {
		this.sessions.find(closed.session()).ifPresent((found) -> found.close(closed.reason()));
		// Confirms the end, which the other node repeats until then.
		this.destinations.to(from).send(closed);
	}

	@Override
	public void sessionProbed(String from, SessionProbe probe) {
		ForwardedSession session = this.forwarded.find(probe.session());
		if (session != null) {
			session.loop().execute(() -> session.copies().checks().probed(from, probe));
		}
		else {
			this.destinations.to(from).send(new SessionClosed(probe.session(), CloseReason.CLIENT_CLOSED));
		}
	}

	// Changes by the game of this node

	@Override
	public void bound(Session session, String uid, boolean here) {
		if (here) {
			uidChanged(session);
		}
	}

	@Override
	public void unbound(Session session, String uid, boolean here) {
		if (here && session.isOpen()) {
			uidChanged(session);
		}
	}

	private void uidChanged(Session session) {
		ForwardedSession known = this.forwarded.find(session.id());
		if (known != null) {
			known.copies().uidChanged();
		}
	}

	@Override
	public void principalChanged(Session session) {
		ForwardedSession known = this.forwarded.find(session.id());
		if (known != null) {
			known.copies().principalChanged();
		}
	}

}
