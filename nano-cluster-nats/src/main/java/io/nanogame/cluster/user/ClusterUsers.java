package io.nanogame.cluster.user;

import io.nanogame.session.SessionHandle;
import io.nanogame.cluster.frame.HandoverFrame.PassedOn;
import io.nanogame.cluster.move.Moves;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.LoginReceiver;
import io.nanogame.cluster.frame.OtherForms;
import io.nanogame.cluster.frame.UserFrame.LoginClaimed;
import io.nanogame.cluster.frame.UserFrame.SessionsQuery;
import io.nanogame.cluster.frame.UserFrame.SessionsReply;
import io.nanogame.cluster.frame.UserFrame.UserKick;
import io.nanogame.cluster.frame.UserFrame.UserPush;
import io.nanogame.cluster.frame.UserFrame;
import io.nanogame.cluster.frame.UserReceiver;
import io.nanogame.cluster.peer.LongPushes;
import io.nanogame.cluster.peer.PayloadForms;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.LoginClaim;
import io.nanogame.session.LoginObserver;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.nanogame.session.WrittenPush;
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

	private final LongPredicate own;

	private final Moves moves;

	/** The uids of sessions that have moved, whose topics this node still receives. */
	private final Map<Long, String> leaving = new ConcurrentHashMap<>();

	private final Peers peers;

	private final Payloads payloads;

	private final PayloadForms forms;

	private final ClusterLogins logins;

	private final Function<Session, @Nullable String> gateway;

	private final UserTopics topics;

	private final SessionQueries queries;

	/**
	 * Creates the players of the cluster.
	 * @param registry the sessions of this node
	 * @param forms the forms of payloads
	 * @param own recognises sessions of this node by their ids
	 * @param peers the other nodes
	 * @param time the time of this node
	 * @param queries queries the other nodes for sessions
	 * @param gateway returns the id of the node to which the client of a session is
	 * connected; null for this node
	 */
	public ClusterUsers(SessionRegistry registry, PayloadForms forms, LongPredicate own, Moves moves, Peers peers, TimeSource time,
			SessionQueries queries, Function<Session, @Nullable String> gateway) {
		this.registry = registry;
		this.sessions = registry.sessions();
		this.own = own;
		this.moves = moves;
		this.peers = peers;
		this.payloads = registry.payloads();
		this.forms = forms;
		this.gateway = gateway;
		this.queries = queries;
		this.topics = new UserTopics(peers, this::receive);
		this.logins = new ClusterLogins(registry.logins(), own, peers, time, queries);
		registry.logins().join(this.logins);
		registry.logins().addObserver(this);
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
		push(uid, OutboundMessage.push(route, payload, this.payloads));
	}

	private void push(String uid, OutboundMessage message) {
		Set<String> gateways = gatewaysOf(uid);
		UserPush push = new UserPush(uid, message.route(), message.body(), gateways,
				OtherForms.of(this.forms.write(message, formsOf(uid))), this.moves.nextPush());
		// First, so that no session receives it if it is too long.
		LongPushes.publish(this.peers, Topics.user(uid), push).forEach((part) -> send(gateways, part.direct()));
		pushHere(this.peers.self(), push.number(), uid, message, (session) -> true);
	}

	/** Returns the forms of the player's sessions that may be on other nodes. */
	private Set<String> formsOf(String uid) {
		Set<String> all = new HashSet<>(this.forms.used().ofOthers());
		// The gateway may not have announced the form of its first session yet.
		this.sessions.findByUid(uid).forEach((session) -> all.add(this.forms.name(session.payloads())));
		return all;
	}

	/**
	 * Returns the gateways of remote sessions of this node. They may not be subscribed to
	 * the subject of the uid yet, if it was bound here a moment ago, so they receive
	 * frames about it directly, after the binding.
	 */
	private Set<String> gatewaysOf(String uid) {
		return this.sessions.findByUid(uid)
			.stream()
			.map(this.gateway)
			.filter(Objects::nonNull)
			.collect(Collectors.toUnmodifiableSet());
	}

	private void send(Set<String> gateways, Frame frame) {
		if (!gateways.isEmpty()) {
			byte[] direct = frame.toBytes();
			gateways.forEach((node) -> this.peers.to(node).send(direct));
		}
	}

	@Override
	public void push(Collection<String> uids, String route, Object payload) {
		OutboundMessage message = OutboundMessage.push(route, payload, this.payloads);
		message.body();
		uids.forEach((uid) -> push(uid, message));
	}

	@Override
	public void kick(String uid, String reason) {
		kickHere(uid, reason);
		Set<String> gateways = gatewaysOf(uid);
		send(gateways, new UserKick(uid, reason, Set.of()));
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
		return this.queries.find(uid).whenCompleteAsync((found, failure) -> {
		}, this.registry.workers());
	}

	private long[] here(String uid) {
		return this.sessions.findByUid(uid).stream().mapToLong(Session::id).filter(this.own).toArray();
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

	/**
	 * A session of this node moves to another one, to which pushes and kicks of its
	 * player are passed on.
	 * @param session the session
	 * @return the stamp of its claim to its uid; 0 without one
	 */
	public long leave(Session session) {
		long stamp = this.registry.logins().leave(session);
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
			this.topics.unbound(uid);
		}
	}

	/**
	 * A session has moved to this node.
	 * @param session the session
	 * @param uid its uid, or null
	 * @param stamp the stamp of its claim to the uid; 0 without one
	 */
	public void arrive(Session session, @Nullable String uid, long stamp) {
		SessionHandle.of(session).login().restore(uid, stamp);
	}

	// Of this node

	@Override
	public void bound(Session session, String uid, boolean here) {
		if (!this.own.test(session.id())) {
			return;
		}
		this.topics.bound(uid);
	}

	@Override
	public void unbound(Session session, String uid, boolean here) {
		if (this.own.test(session.id())) {
			this.topics.unbound(uid);
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
		this.moves.hear(from, push.number());
		if (!push.except().contains(this.peers.self())) {
			this.forms.deliver(push.route(), push.body(), push.others(),
					(message, some) -> pushHere(from, push.number(), push.uid(), message,
							(session) -> some.test(session.payloads())));
		}
	}

	private void pushHere(String from, long number, String uid, OutboundMessage message, Predicate<Session> some) {
		Collection<Session> found = this.sessions.findByUid(uid);
		if (found.isEmpty()) {
			return;
		}
		WrittenPush push = new WrittenPush(message);
		for (Session session : found) {
			if (some.test(session)) {
				push(from, number, session, push);
			}
		}
	}

	private void push(String from, long number, Session session, WrittenPush push) {
		long id = session.id();
		if (this.own.test(id)) {
			this.moves.deliver(from, number, id, () -> push.send(session));
			return;
		}
		String next = this.moves.nextOf(id, from);
		OutboundMessage written = (next != null) ? push.with(session.payloads()) : null;
		if (next != null && written != null) {
			this.peers.to(next)
				.send(new PassedOn(id, from, number, written.route(), written.body(),
						this.forms.name(session.payloads())));
		}
	}

	@Override
	public void kick(String from, UserKick kick) {
		if (!kick.except().contains(this.peers.self())) {
			kickHere(kick.uid(), kick.reason());
		}
	}

	private void kickHere(String uid, String reason) {
		for (Session session : this.sessions.findByUid(uid)) {
			if (this.own.test(session.id()) || this.moves.hasLeft(session.id())) {
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
		this.queries.complete(reply);
	}

	@Override
	public void loginClaimed(String from, LoginClaimed claim) {
		this.logins.received(new LoginClaim(claim.uid(), claim.stamp(), claim.session()));
	}

}
