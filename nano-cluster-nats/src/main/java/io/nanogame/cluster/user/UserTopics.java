package io.nanogame.cluster.user;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.frame.FrameReceiver;
import io.nanogame.cluster.peer.Peers;

/**
 * The subscriptions to the topics of players, while sessions of this node are bound to
 * their uids, or have moved from it and are sent pushes by it. A session that is on its
 * way to this node may end without having been bound here, so each is held by its id.
 * Thread-safe.
 */
final class UserTopics {

	private final Peers peers;

	private final FrameReceiver receiver;

	private final Map<String, Held> held = new ConcurrentHashMap<>();

	UserTopics(Peers peers, FrameReceiver receiver) {
		this.peers = peers;
		this.receiver = receiver;
	}

	/** A session of this node is bound to a uid. Without effect if it was before. */
	void bound(String uid, long session) {
		this.held.compute(uid, (key, present) -> {
			Held topic = (present != null) ? present
					: new Held(new HashSet<>(2), this.peers.listen(Topics.user(key), this.receiver));
			topic.sessions.add(session);
			return topic;
		});
	}

	/** A session of this node is no longer bound to a uid, if it was. */
	void unbound(String uid, long session) {
		this.held.computeIfPresent(uid, (key, present) -> {
			present.sessions.remove(session);
			if (!present.sessions.isEmpty()) {
				return present;
			}
			present.end.run();
			return null;
		});
	}

	/**
	 * A uid that sessions of this node are bound to.
	 *
	 * @param sessions the ids of the sessions; guarded by the lock of the uid
	 * @param end unsubscribes
	 */
	private record Held(Set<Long> sessions, Runnable end) {
	}

}
