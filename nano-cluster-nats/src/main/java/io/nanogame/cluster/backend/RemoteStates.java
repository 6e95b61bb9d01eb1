package io.nanogame.cluster.backend;

import java.security.Principal;

import io.nanogame.cluster.frame.AttributeCodec;
import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.cluster.frame.Login;
import io.nanogame.cluster.frame.Logins;
import io.nanogame.cluster.frame.SessionFrame.AttributeChanged;
import io.nanogame.cluster.frame.SessionFrame.LoginChanged;
import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import io.nanogame.cluster.frame.SessionFrame.SessionProbe;
import io.nanogame.cluster.frame.SessionFrame.UidBound;
import io.nanogame.cluster.frame.SessionFrame.UidUnbound;
import io.nanogame.cluster.frame.SessionReceiver;
import io.nanogame.cluster.wire.LimitedLog;
import io.nanogame.cluster.wire.Peers;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginObserver;
import io.nanogame.session.Session;
import io.nanogame.session.SessionAlreadyBoundException;
import io.nanogame.session.SessionListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of the sessions of other nodes: applies the changes that their gateways send,
 * and sends the changes by the game of this node to the gateways. Thread-safe.
 */
final class RemoteStates implements SessionReceiver, SessionListener, LoginObserver {

	private static final Logger log = LoggerFactory.getLogger(RemoteStates.class);

	private final LimitedLog limitedLog = new LimitedLog(log);

	private final RemoteSessions remote;

	private final Peers peers;

	private final Logins logins;

	private final AttributeCodec codec;

	RemoteStates(RemoteSessions remote, Peers peers, Logins logins, AttributeCodec codec) {
		this.remote = remote;
		this.peers = peers;
		this.logins = logins;
		this.codec = codec;
	}

	/** Applies the first snapshot, except the uid, and sends later changes. */
	void init(RemoteSession session, SessionSnapshot snapshot) {
		snapshot.attributes().forEach(session.handle()::acceptAttribute);
		session.handle().observeAttributes((name, value) -> attributeChanged(session, name, value));
		session.handle().login().acceptPrincipal(principal(snapshot.login()));
	}

	/** Applies the changes since the gateway lost contact with this node. */
	void update(RemoteSession session, SessionSnapshot snapshot) {
		snapshot.attributes().forEach(session.handle()::acceptAttribute);
		session.handle().login().acceptPrincipal(principal(snapshot.login()));
		String uid = snapshot.uid();
		String earlier = session.session().uid();
		if (uid != null && earlier != null && !earlier.equals(uid)) {
			session.handle().login().acceptUnbound(earlier);
		}
		if (uid != null) {
			bind(session, uid);
		}
	}

	private @Nullable Principal principal(@Nullable Login login) {
		return (login != null) ? this.logins.read(login) : null;
	}

	private void bind(RemoteSession session, String uid) {
		try {
			session.handle().login().acceptBound(uid);
		}
		catch (SessionAlreadyBoundException ex) {
			this.limitedLog.warn("{} was bound to another uid on its gateway; it is closed", session.session());
			session.session().close();
		}
	}

	@Override
	public void attributeChanged(String from, AttributeChanged change) {
		RemoteSession session = this.remote.find(change.session());
		if (session != null) {
			session.handle().acceptAttribute(change.name(), change.value());
		}
	}

	@Override
	public void uidBound(String from, UidBound bound) {
		RemoteSession session = this.remote.find(bound.session());
		if (session != null) {
			bind(session, bound.uid());
		}
	}

	@Override
	public void uidUnbound(String from, UidUnbound unbound) {
		RemoteSession session = this.remote.find(unbound.session());
		if (session != null) {
			session.handle().login().acceptUnbound(unbound.uid());
		}
	}

	@Override
	public void loginChanged(String from, LoginChanged change) {
		RemoteSession session = this.remote.find(change.session());
		if (session != null) {
			session.handle().login().acceptPrincipal(principal(change.login()));
		}
	}

	@Override
	public void sessionClosed(String from, SessionClosed closed) {
		RemoteSession session = this.remote.find(closed.session());
		if (session != null) {
			session.closedByGateway(closed.reason());
		}
	}

	@Override
	public void sessionProbed(String from, SessionProbe probe) {
		if (this.remote.find(probe.session()) == null) {
			this.peers.to(from).send(new SessionClosed(probe.session(), CloseReason.SESSION_LOST));
		}
	}

	// Changes by the game of this node, also of sessions that are only known as
	// recipients

	private void attributeChanged(RemoteSession session, String name, @Nullable Object value) {
		try {
			session.send(new AttributeChanged(session.id(), name, this.codec.encode(value)));
		}
		catch (SerializationException ex) {
			log.warn("Attribute '{}' cannot be written, so only this node knows it: {}", name, ex.getMessage());
		}
	}

	@Override
	public void bound(Session session, String uid, boolean here) {
		GatewayConnection connection = RemoteSession.connectionOf(session);
		if (here && connection != null) {
			connection.outbox().send(new UidBound(session.id(), uid));
		}
	}

	@Override
	public void unbound(Session session, String uid, boolean here) {
		GatewayConnection connection = RemoteSession.connectionOf(session);
		if (here && session.isOpen() && connection != null) {
			connection.outbox().send(new UidUnbound(session.id(), uid));
		}
	}

	@Override
	public void principalChanged(Session session) {
		GatewayConnection connection = RemoteSession.connectionOf(session);
		if (connection != null) {
			connection.outbox().send(new LoginChanged(session.id(), this.logins.write(session.principal())));
		}
	}

}
