package io.nanogame.cluster.backend;

import java.util.List;

import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.cluster.frame.GatewayFrame.SessionUnknown;
import io.nanogame.cluster.frame.GatewayFrame.StateChange;
import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import io.nanogame.cluster.frame.StateProperty;
import io.nanogame.cluster.peer.Outbox;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.state.ChangeNumber;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The copies of sessions that move from one gateway to another. Thread-safe.
 */
public final class BackendMoves {

	private final RemoteSessions remote;

	private final EndedSessions ended;

	private final RemoteSessionFactory factory;

	private final RemoteStates states;

	private final GameChanges changes;

	private final Peers peers;

	BackendMoves(RemoteSessions remote, EndedSessions ended, RemoteSessionFactory factory, RemoteStates states,
			GameChanges changes, Peers peers) {
		this.remote = remote;
		this.ended = ended;
		this.factory = factory;
		this.states = states;
		this.changes = changes;
		this.peers = peers;
	}

	/**
	 * Another node owns a session of this node from now on, which stays here as a copy.
	 * @param session the session
	 * @param gateway the id of that node
	 * @param snapshot the state of the session
	 */
	public void moved(Session session, String gateway, SessionSnapshot snapshot) {
		RemoteSession moved = this.factory.moved(session, gateway, snapshot);
		this.changes.observe(moved);
		this.remote.add(moved);
	}

	/**
	 * A session of another node has moved to another gateway.
	 * @param session the id of the session
	 * @param moves how often it has moved
	 * @param gateway the id of the new owner
	 */
	public void moved(long session, long moves, String gateway) {
		Outbox outbox = this.peers.to(gateway);
		RemoteSession known = this.remote.find(session);
		if (known != null) {
			known.moveTo(gateway, outbox, moves);
			this.states.probe(known);
		}
		SessionClosed end = this.ended.moved(session, moves, gateway);
		if (end != null) {
			outbox.send(end);
		}
		else if (known == null) {
			// The former gateway may have known of a copy, which has ended with it.
			outbox.send(new SessionUnknown(session, 0));
		}
	}

	/**
	 * Passes on a change of a node that takes this one for the gateway of a session, and
	 * has no copy of it.
	 * @param from the id of the node
	 * @param change the change
	 */
	public void passOn(String from, StateChange change) {
		RemoteSession known = this.remote.find(change.session());
		if (known != null && change.number().equals(ChangeNumber.NONE) && !known.gateway().equals(from)) {
			known.send(change);
		}
	}

	/**
	 * Returns a session of another node.
	 * @param session the id of the session
	 * @return null if this node has no copy
	 */
	public @Nullable Session find(long session) {
		RemoteSession known = this.remote.find(session);
		return (known != null) ? known.session() : null;
	}

	/**
	 * This node owns a session of another one from now on: applies its state, except its
	 * uid. The lock of the attributes is held.
	 * @param session the session, perhaps that of {@link #find}
	 * @param snapshot its state
	 * @return the changes of this node that the snapshot does not contain, which the
	 * session has kept
	 */
	public List<StateProperty> restore(Session session, SessionSnapshot snapshot) {
		return this.states.restore(session, this.remote.remove(session.id()), snapshot);
	}

}
