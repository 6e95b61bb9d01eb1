package io.nanogame.cluster.user;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.cluster.user.SessionQueries.Found;
import io.nanogame.session.LoginRegistry;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;

/**
 * The logins of sessions that move from one node to another. Thread-safe.
 */
public final class UserMoves {

	private final LoginRegistry registry;

	private final ClusterLogins logins;

	private final UserTopics topics;

	/** The uids of sessions that have moved, whose topics this node still receives. */
	private final Map<Long, String> leaving = new ConcurrentHashMap<>();

	UserMoves(LoginRegistry registry, ClusterLogins logins, UserTopics topics) {
		this.registry = registry;
		this.logins = logins;
		this.topics = topics;
	}

	/**
	 * A session of this node moves to another one, to which pushes and kicks of its
	 * player are passed on.
	 * @param session the session
	 * @return the stamp of its claim to its uid; 0 without one
	 */
	public long leave(Session session) {
		long stamp = this.registry.leave(session);
		String uid = session.uid();
		if (uid != null) {
			this.leaving.put(session.id(), uid);
			this.logins.released(uid);
		}
		return stamp;
	}

	/**
	 * No more pushes are passed on for a session that has moved to another node.
	 * @param session the id of the session
	 */
	public void left(long session) {
		String uid = this.leaving.remove(session);
		if (uid != null) {
			this.topics.unbound(uid, session);
		}
	}

	/**
	 * Returns whether a player has logged in again since a login has begun.
	 * @param uid the player
	 * @param stamp the stamp of the login
	 * @return true if a session of this node has a later claim to the uid
	 */
	public boolean isOutdated(String uid, long stamp) {
		return this.registry.isOutdated(uid, stamp);
	}

	/**
	 * Queries the other nodes for the sessions of a player, to move one of them.
	 * @param uid the player
	 * @return the sessions of the first node that replies, none if no node has one; fails
	 * when that is unknown after the patience. Completes on a thread of the node, which
	 * must not be blocked. Ends the query if it is cancelled
	 */
	public CompletableFuture<Found> find(String uid) {
		return this.logins.find(uid);
	}

	/**
	 * A session has moved to this node.
	 * @param session the session
	 * @param uid its uid, or null
	 * @param stamp the stamp of its claim to the uid; 0 without one
	 */
	public void arrive(Session session, @Nullable String uid, long stamp) {
		this.logins.arrived(stamp);
		SessionHandle.of(session).login().restore(uid, stamp);
	}

}
