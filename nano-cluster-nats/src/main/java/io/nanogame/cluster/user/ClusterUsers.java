package io.nanogame.cluster.user;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.LoginReceiver;
import io.nanogame.cluster.frame.UserFrame;
import io.nanogame.cluster.frame.UserFrame.LoginClaimed;
import io.nanogame.cluster.frame.UserFrame.SessionsQuery;
import io.nanogame.cluster.frame.UserFrame.SessionsReply;
import io.nanogame.cluster.frame.UserFrame.UserKick;
import io.nanogame.cluster.frame.UserFrame.UserPush;
import io.nanogame.cluster.frame.UserReceiver;
import io.nanogame.cluster.move.SharedPushes;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.LoginClaim;
import io.nanogame.session.LoginObserver;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.nanogame.time.TimeSource;
import io.nanogame.user.Users;
import org.jspecify.annotations.Nullable;

/**
 * Players by their uids, on any node of the cluster. A node is subscribed to the subject
 * of a uid while a session of its own is bound to it, so NATS knows where players are.
 * Thread-safe; no method blocks.
 */
public final class ClusterUsers implements Users, UserReceiver, LoginObserver {

	private final SessionRegistry registry;

	private final Sessions sessions;

	private final SharedPushes shared;

	private final Peers peers;

	private final Payloads payloads;

	private final UserPushes pushes;

	private final ClusterLogins logins;

	private final UserTopics topics;

	private final UserMoves moves;

	private final SessionQueries queries;

	/**
	 * Creates the players of the cluster.
	 * @param registry the sessions of this node
	 * @param shared the pushes of this node to several sessions
	 * @param peers the other nodes
	 * @param time the time of this node
	 * @param queries queries the other nodes for sessions
	 * @param gateway returns the id of the node to which the client of a session is
	 * connected; null for this node
	 */
	public ClusterUsers(SessionRegistry registry, SharedPushes shared, Peers peers, TimeSource time,
			SessionQueries queries, Function<Session, @Nullable String> gateway) {
		this.registry = registry;
		this.sessions = registry.sessions();
		this.shared = shared;
		this.peers = peers;
		this.payloads = registry.payloads();
		this.queries = queries;
		this.pushes = new UserPushes(this.sessions, shared, peers, gateway);
		this.topics = new UserTopics(peers, this::receive);
		this.logins = new ClusterLogins(registry.logins(), shared::isOwn, peers, time, queries);
		this.moves = new UserMoves(registry.logins(), this.logins, this.topics);
		registry.logins().join(this.logins);
		registry.logins().addObserver(this);
	}

	/**
	 * Returns the logins of sessions that move between nodes.
	 * @return always the same object
	 */
	public UserMoves moves() {
		return this.moves;
	}

	/**
	 * Starts to receive.
	 * @param servesClients whether clients may log in at this node
	 */
	public void listen(boolean servesClients) {
		this.queries.listen();
		if (servesClients) {
			this.logins.exchange().listen();
		}
	}

	/** Publishes the logins of this node. Called once every heartbeat. */
	public void publishLogins() {
		this.logins.exchange().publish();
	}

	/** Repeats and ends queries. Called several times every heartbeat, by one thread. */
	public void sweepQueries() {
		this.queries.sweep();
	}

	/**
	 * Returns the receiver of the logins of other nodes.
	 * @return always the same object
	 */
	public LoginReceiver logins() {
		return this.logins.exchange();
	}

	@Override
	public void push(String uid, String route, Object payload) {
		this.pushes.send(uid, OutboundMessage.push(route, payload, this.payloads));
	}

	@Override
	public void push(Collection<String> uids, String route, Object payload) {
		OutboundMessage message = OutboundMessage.push(route, payload, this.payloads);
		message.body();
		uids.forEach((uid) -> this.pushes.send(uid, message));
	}

	@Override
	public void kick(String uid, String reason) {
		kickHere(uid, reason);
		Set<String> gateways = this.pushes.gatewaysOf(uid);
		this.pushes.sendTo(gateways, new UserKick(uid, reason, Set.of()));
		this.peers.publish(Topics.user(uid), new UserKick(uid, reason, gateways));
	}

	@Override
	public CompletionStage<List<Long>> find(String uid) {
		List<Long> here = this.sessions.findByUid(uid).stream().map(Session::id).toList();
		if (!here.isEmpty()) {
			return CompletableFuture.completedFuture(here);
		}
		// The caller may block, and must not block the thread that reads from the
		// network.
		return this.queries.find(uid).thenApply(SessionQueries.Found::sessions).whenCompleteAsync((found, failure) -> {
		}, this.registry.workers());
	}

	/**
	 * Also those that have moved from here: until their moves are over, their new owners
	 * may not have received them.
	 */
	private long[] here(String uid) {
		return this.sessions.findByUid(uid)
			.stream()
			.mapToLong(Session::id)
			.filter((session) -> this.shared.isOwn(session) || this.shared.hasLeft(session))
			.toArray();
	}

	/**
	 * Publishes the logins of this node now, because other nodes have not received them.
	 */
	public void reconnected() {
		publishLogins();
	}

	/** Ends pending queries, because this node ends. */
	public void close() {
		this.queries.close();
	}

	// Of this node

	@Override
	public void bound(Session session, String uid, boolean here) {
		if (this.shared.isOwn(session.id())) {
			this.topics.bound(uid, session.id());
		}
	}

	@Override
	public void unbound(Session session, String uid, boolean here) {
		if (this.shared.isOwn(session.id())) {
			this.topics.unbound(uid, session.id());
			this.logins.released(uid);
		}
	}

	// From other nodes

	private void receive(String from, Frame frame) {
		if (frame instanceof UserFrame user) {
			user.deliver(from, this);
		}
	}

	@Override
	public void push(String from, UserPush push) {
		this.pushes.receive(from, push);
	}

	@Override
	public void kick(String from, UserKick kick) {
		if (!kick.except().contains(this.peers.self())) {
			kickHere(kick.uid(), kick.reason());
		}
	}

	private void kickHere(String uid, String reason) {
		for (Session session : this.sessions.findByUid(uid)) {
			if (this.shared.isOwn(session.id()) || this.shared.hasLeft(session.id())) {
				session.kick(reason);
			}
		}
	}

	@Override
	public void sessionsQueried(String from, SessionsQuery query) {
		long[] here = here(query.uid());
		if (here.length > 0) {
			this.peers.to(from).send(new SessionsReply(query.number(), here));
		}
	}

	@Override
	public void sessionsFound(String from, SessionsReply reply) {
		this.queries.complete(from, reply);
	}

	@Override
	public void loginClaimed(String from, LoginClaimed claim) {
		this.logins.received(new LoginClaim(claim.uid(), claim.stamp(), claim.session()));
	}

}
