package io.nanogame.cluster.user;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongPredicate;

import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.frame.UserFrame.LoginClaimed;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.session.LoginClaim;
import io.nanogame.session.LoginRegistry;
import io.nanogame.session.RemoteLogins;
import io.nanogame.session.Session;
import io.nanogame.time.TimeSource;

/**
 * The logins of other nodes: claims are published to the subject of their uid, to which
 * all nodes with a session of it are subscribed. As this message may be lost, each claim
 * is also part of the {@link LoginExchange}. Thread-safe.
 */
final class ClusterLogins implements RemoteLogins {

	private final LoginRegistry registry;

	private final LongPredicate own;

	private final Peers peers;

	private final SessionQueries queries;

	private final ClusterClock clock;

	private final LoginLog log;

	private final LoginExchange exchange;

	/**
	 * Creates the logins of other nodes.
	 * @param registry the logins of this node
	 * @param own recognises sessions of this node by their ids
	 * @param peers the other nodes
	 * @param time the time of this node
	 * @param queries queries the other nodes for sessions of a uid
	 */
	ClusterLogins(LoginRegistry registry, LongPredicate own, Peers peers, TimeSource time, SessionQueries queries) {
		this.registry = registry;
		this.own = own;
		this.peers = peers;
		this.queries = queries;
		this.clock = new ClusterClock(time);
		this.log = new LoginLog(registry::claimTo);
		this.exchange = new LoginExchange(this.log, peers, time, this::received);
	}

	LoginExchange exchange() {
		return this.exchange;
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
		this.log.claimed(claim.uid());
		this.peers.publish(Topics.user(claim.uid()), new LoginClaimed(claim.uid(), claim.stamp(), claim.session()));
	}

	@Override
	public CompletionStage<Boolean> isHeld(String uid) {
		return find(uid).thenApply((found) -> !found.sessions().isEmpty());
	}

	/** Queries the other nodes for sessions of a player, see {@link SessionQueries}. */
	CompletableFuture<SessionQueries.Found> find(String uid) {
		return this.queries.find(uid);
	}

	/** A session of this node has released a uid. */
	void released(String uid) {
		this.log.released(uid);
	}

	/** A claim of another node continues here: later ones must have greater stamps. */
	void arrived(long stamp) {
		this.clock.received(stamp);
	}

	/** Receives the claim of another node. */
	void received(LoginClaim claim) {
		this.clock.received(claim.stamp());
		this.registry.received(claim);
	}

}
