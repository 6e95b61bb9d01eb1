package io.nanogame.cluster.backend;

import io.nanogame.cluster.frame.MemberSnapshot;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Session;

/**
 * The sessions of other nodes as recipients of messages. Thread-safe.
 */
public final class Recipients {

	private final RemoteSessions remote;

	private final RemoteSessionFactory factory;

	private final Peers peers;

	Recipients(RemoteSessions remote, RemoteSessionFactory factory, Peers peers) {
		this.remote = remote;
		this.factory = factory;
		this.peers = peers;
	}

	/**
	 * Returns the session of a client of another node.
	 * @param gateway the node to which the client is connected
	 * @param member the session
	 * @return the session, or a new one with the same id that is not listed, with the
	 * attributes of this moment
	 */
	public Session of(String gateway, MemberSnapshot member) {
		RemoteSession known = this.remote.find(member.session());
		return (known != null) ? known.session() : this.factory.recipient(gateway, member);
	}

	/**
	 * A session has moved to another gateway.
	 * @param session a session of {@link #of}; others are ignored, and so are copies,
	 * which follow the number of their moves
	 * @param former the id of the node that has owned it
	 * @param gateway the id of the new owner
	 */
	public void moved(Session session, String former, String gateway) {
		GatewayConnection connection = RemoteSession.connectionOf(session);
		boolean isCopy = this.remote.find(session.id()) != null;
		if (!isCopy && connection != null && connection.gateway().equals(former)) {
			connection.moveTo(gateway, this.peers.to(gateway));
		}
	}

	/**
	 * Returns whether the sessions of a loop are those of other nodes.
	 * @param loop any loop
	 * @return true for the loops of a backend
	 */
	public static boolean areServedBy(ConnectionLoop loop) {
		return loop instanceof BackendLoop;
	}

}
