package io.nanogame.cluster.user;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.frame.FrameReceiver;
import io.nanogame.cluster.peer.Peers;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions to the topics of players, while sessions of this node are bound to
 * their uids. Thread-safe.
 */
final class UserTopics {

	private final Peers peers;

	private final FrameReceiver receiver;

	private final Map<String, Held> held = new ConcurrentHashMap<>();

	UserTopics(Peers peers, FrameReceiver receiver) {
		this.peers = peers;
		this.receiver = receiver;
	}

	/** A session of this node is bound to a uid. */
	void bound(String uid) {
		this.held.compute(uid, (key, present) -> (present != null) ? present.more()
				: new Held(1, this.peers.listen(Topics.user(key), this.receiver)));
	}

	/** A session of this node is no longer bound to a uid. */
	void unbound(String uid) {
		this.held.computeIfPresent(uid, (key, present) -> present.less());
	}

	/** A uid that sessions of this node are bound to. */
	private record Held(int sessions, Runnable end) {

		Held more() {
			return new Held(this.sessions + 1, this.end);
		}

		@Nullable Held less() {
			if (this.sessions > 1) {
				return new Held(this.sessions - 1, this.end);
			}
			this.end.run();
			return null;
		}

	}

}
