package io.nanogame.cluster.user;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongPredicate;

import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.frame.UserFrame.LoginClaimed;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.session.LoginClaim;
import io.nanogame.session.RemoteLogins;
import io.nanogame.session.Session;

/**
 * The logins of other nodes: claims are published to the subject of their uid, to which
 * all nodes with a session of it are subscribed. Thread-safe.
 */
final class ClusterLogins implements RemoteLogins {

	private final ClusterClock clock = new ClusterClock();

	private final LongPredicate own;

	private final Peers peers;

	private final Subjects subjects;

	private final Function<String, CompletionStage<List<Long>>> holders;

	/**
	 * Creates the logins of other nodes.
	 * @param own recognises sessions of this node by their ids
	 * @param peers the other nodes
	 * @param subjects the subjects of the cluster
	 * @param holders queries the other nodes for sessions of a uid
	 */
	ClusterLogins(LongPredicate own, Peers peers, Subjects subjects,
			Function<String, CompletionStage<List<Long>>> holders) {
		this.own = own;
		this.peers = peers;
		this.subjects = subjects;
		this.holders = holders;
	}

	@Override
	public boolean isOwn(Session session) {
		return this.own.test(session.id());
	}

	@Override
	public long stamp() {
		return this.clock.next();
	}

	@Override
	public void announce(LoginClaim claim) {
		this.peers.publish(Topics.user(claim.uid()), new LoginClaimed(claim.uid(), claim.stamp(), claim.session()));
	}

	@Override
	public CompletionStage<Boolean> isHeld(String uid) {
		return this.holders.apply(uid).thenApply((sessions) -> !sessions.isEmpty());
	}

	void received(long stamp) {
		this.clock.received(stamp);
	}

}
