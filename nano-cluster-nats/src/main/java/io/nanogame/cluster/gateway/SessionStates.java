package io.nanogame.cluster.gateway;

import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.SessionFrame.AttributeChanged;
import io.nanogame.cluster.frame.SessionFrame.LoginChanged;
import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import io.nanogame.cluster.frame.SessionFrame.SessionProbe;
import io.nanogame.cluster.frame.SessionFrame.UidBound;
import io.nanogame.cluster.frame.SessionFrame.UidUnbound;
import io.nanogame.cluster.frame.SessionReceiver;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginObserver;
import io.nanogame.session.Session;
import io.nanogame.session.SessionAlreadyBoundException;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionListener;
import io.nanogame.session.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of the sessions of this node: applies the changes of other nodes, and sends
 * each change to all nodes that know the session, except to its origin. Thread-safe.
 */
final class SessionStates implements SessionReceiver, SessionListener, LoginObserver {

	private static final Logger log = LoggerFactory.getLogger(SessionStates.class);

	private final LimitedLog limitedLog = new LimitedLog(log);

	private final Sessions sessions;

	private final ForwardedSessions forwarded;

	private final Destinations destinations;

	SessionStates(Sessions sessions, ForwardedSessions forwarded, Destinations destinations) {
		this.sessions = sessions;
		this.forwarded = forwarded;
		this.destinations = destinations;
	}

	@Override
	public void attributeChanged(String from, AttributeChanged change) {
		ForwardedSession session = this.forwarded.find(change.session());
		if (session != null) {
			session.copies().accept(from, change);
		}
	}

	@Override
	public void uidBound(String from, UidBound bound) {
		this.sessions.find(bound.session()).ifPresent((found) -> {
			try {
				if (SessionHandle.of(found).login().acceptBound(bound.uid())) {
					send(found, from, bound);
				}
			}
			catch (SessionAlreadyBoundException ex) {
				this.limitedLog.warn("Node {} has bound {} to another uid than this one; this one stays", from, found);
			}
		});
	}

	@Override
	public void uidUnbound(String from, UidUnbound unbound) {
		this.sessions.find(unbound.session()).ifPresent((found) -> {
			if (SessionHandle.of(found).login().acceptUnbound(unbound.uid())) {
				send(found, from, unbound);
			}
		});
	}

	@Override
	public void loginChanged(String from, LoginChanged change) {
		ForwardedSession session = this.forwarded.find(change.session());
		if (session != null) {
			session.copies().accept(from, change);
		}
	}

	@Override
	public void sessionClosed(String from, SessionClosed closed) {
		this.sessions.find(closed.session()).ifPresent((found) -> found.close(closed.reason()));
	}

	@Override
	public void sessionProbed(String from, SessionProbe probe) {
		ForwardedSession session = this.forwarded.find(probe.session());
		if (session != null) {
			session.loop().execute(() -> session.copies().ensureKnownTo(from));
		}
		else {
			this.destinations.to(from).send(new SessionClosed(probe.session(), CloseReason.CLIENT_CLOSED));
		}
	}

	// Changes by the game of this node

	@Override
	public void bound(Session session, String uid, boolean here) {
		if (here) {
			send(session, "", new UidBound(session.id(), uid));
		}
	}

	@Override
	public void unbound(Session session, String uid, boolean here) {
		if (here && session.isOpen()) {
			send(session, "", new UidUnbound(session.id(), uid));
		}
	}

	@Override
	public void principalChanged(Session session) {
		ForwardedSession known = this.forwarded.find(session.id());
		if (known != null) {
			known.copies().principalChanged();
		}
	}

	private void send(Session session, String except, Frame frame) {
		ForwardedSession known = this.forwarded.find(session.id());
		if (known != null) {
			known.copies().send(except, frame);
		}
	}

}
