package io.nanogame.cluster.backend;

import java.security.Principal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.cluster.frame.BackendFrame.SessionOwner;
import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.cluster.frame.BackendFrame.StateChanged;
import io.nanogame.cluster.frame.GatewayFrame.SessionUnknown;
import io.nanogame.cluster.frame.Login;
import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import io.nanogame.cluster.frame.SessionFrame.SessionProbe;
import io.nanogame.cluster.frame.SessionReceiver;
import io.nanogame.cluster.frame.StateProperty;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.state.CopiedState;
import io.nanogame.session.Session;
import io.nanogame.session.SessionAlreadyBoundException;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of the sessions of other nodes: applies the changes that their gateways send,
 * and compares the copies of this node with theirs. Thread-safe.
 */
final class RemoteStates implements SessionReceiver {

	private static final Logger log = LoggerFactory.getLogger(RemoteStates.class);

	private final LimitedLog limitedLog = new LimitedLog(log);

	private final RemoteSessions remote;

	private final EndedSessions ended;

	private final Peers peers;

	private final PrincipalCodec principals;

	private final GameChanges changes;

	RemoteStates(RemoteSessions remote, EndedSessions ended, Peers peers, PrincipalCodec principals,
			GameChanges changes) {
		this.remote = remote;
		this.ended = ended;
		this.peers = peers;
		this.principals = principals;
		this.changes = changes;
	}

	/** Applies the first snapshot, except the uid, and sends later changes. */
	void init(RemoteSession session, SessionSnapshot snapshot) {
		snapshot.attributes().forEach(session.handle()::acceptAttribute);
		this.changes.observe(session);
		session.handle().login().acceptPrincipal(principal(snapshot.login()));
	}

	/**
	 * Applies the state of a session that has moved to this node, except the uid. Returns
	 * the changes of this node that the state does not contain.
	 */
	List<StateProperty> restore(Session session, @Nullable RemoteSession copy, SessionSnapshot snapshot) {
		SessionHandle handle = SessionHandle.of(session);
		if (copy == null) {
			snapshot.attributes().forEach(handle::acceptAttribute);
			handle.login().acceptPrincipal(principal(snapshot.login()));
			return List.of();
		}
		synchronized (copy.numbers()) {
			List<String> lost = copy.numbers().receiveSnapshot(snapshot.version(), snapshot.changes());
			applyAttributes(copy, snapshot.attributes(), lost);
			if (!lost.contains(StateProperty.Principal.KEY)) {
				handle.login().acceptPrincipal(principal(snapshot.login()));
			}
			return lost.stream().map((key) -> this.changes.property(copy, key)).toList();
		}
	}

	/**
	 * Applies a snapshot of the gateway, because the copy of this node differs. Changes
	 * of this node that the gateway has not received are sent again.
	 */
	void update(RemoteSession session, SessionSnapshot snapshot) {
		List<String> lost;
		synchronized (session.session().attributes()) {
			synchronized (session.numbers()) {
				lost = session.numbers().receiveSnapshot(snapshot.version(), snapshot.changes());
				applyAttributes(session, snapshot.attributes(), lost);
				if (!lost.contains(StateProperty.Principal.KEY)) {
					session.handle().login().acceptPrincipal(principal(snapshot.login()));
				}
				lost.forEach((key) -> this.changes.repeat(session, key));
			}
		}
		if (!lost.contains(StateProperty.Uid.KEY)) {
			acceptUid(session, snapshot.uid());
		}
	}

	private static void applyAttributes(RemoteSession session, Map<String, Object> attributes, List<String> lost) {
		Set<String> names = new HashSet<>(session.session().attributes().state().keySet());
		names.addAll(attributes.keySet());
		for (String name : names) {
			if (!lost.contains(StateProperty.Attribute.key(name))) {
				session.handle().acceptAttribute(name, attributes.get(name));
			}
		}
	}

	private @Nullable Principal principal(@Nullable Login login) {
		return (login != null) ? this.principals.read(login) : null;
	}

	/** Replaces the uid by that of the gateway. */
	private void acceptUid(RemoteSession session, @Nullable String uid) {
		String present = session.session().uid();
		if (present != null && !present.equals(uid)) {
			session.handle().login().acceptUnbound(present);
		}
		if (uid == null) {
			return;
		}
		try {
			session.handle().login().acceptBound(uid);
		}
		catch (SessionAlreadyBoundException ex) {
			// The game of this node has bound it meanwhile, which the gateway decides.
			this.limitedLog.info("{} was bound on two nodes at once", session.session());
		}
	}

	/** Applies a change that the gateway has applied. */
	void accept(String from, StateChanged change) {
		RemoteSession session = this.remote.find(change.session());
		if (session == null || !session.gateway().equals(from)) {
			return;
		}
		CopiedState.Receipt receipt;
		StateProperty property = change.property();
		synchronized (session.session().attributes()) {
			synchronized (session.numbers()) {
				receipt = session.numbers().receive(change.version(), change.own(), property.key());
				if (receipt == CopiedState.Receipt.APPLY) {
					accept(session, property);
				}
			}
		}
		if (receipt == CopiedState.Receipt.PROBE) {
			probe(session);
		}
		boolean isDecided = receipt == CopiedState.Receipt.APPLY || receipt == CopiedState.Receipt.CONFIRM;
		if (isDecided && property instanceof StateProperty.Uid uid) {
			acceptUid(session, uid.uid());
		}
	}

	private void accept(RemoteSession session, StateProperty property) {
		if (property instanceof StateProperty.Attribute attribute) {
			session.handle().acceptAttribute(attribute.name(), attribute.value());
		}
		else if (property instanceof StateProperty.Principal principal) {
			session.handle().login().acceptPrincipal(principal(principal.login()));
		}
	}

	/** Asks the gateway to compare its state with that of this node. */
	void probe(RemoteSession session) {
		synchronized (session.numbers()) {
			CopiedState numbers = session.numbers();
			this.peers.to(session.gateway()).send(new SessionProbe(session.id(), numbers.version(), numbers.changes()));
		}
	}

	@Override
	public void sessionClosed(String from, SessionClosed closed) {
		this.ended.confirm(from, closed.session());
		RemoteSession session = this.remote.find(closed.session());
		if (session != null && session.gateway().equals(from)) {
			session.closedByGateway(closed.reason());
		}
		else if (session != null) {
			nameOwner(from, session);
		}
	}

	/** Notifies a node that takes this one for the gateway of a session. */
	private void nameOwner(String node, RemoteSession session) {
		this.peers.to(node).send(new SessionOwner(session.id(), session.moves(), session.gateway()));
	}

	@Override
	public void sessionProbed(String from, SessionProbe probe) {
		RemoteSession session = this.remote.find(probe.session());
		if (session == null) {
			SessionClosed end = this.ended.find(probe.session());
			this.peers.to(from).send((end != null) ? end : new SessionUnknown(probe.session(), 0));
			return;
		}
		if (!session.gateway().equals(from)) {
			nameOwner(from, session);
			return;
		}
		boolean isCurrent;
		synchronized (session.numbers()) {
			isCurrent = session.numbers().isCurrent(probe.version(), probe.changes());
		}
		if (!isCurrent) {
			probe(session);
		}
	}

}
