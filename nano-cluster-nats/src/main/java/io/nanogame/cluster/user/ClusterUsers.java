package io.nanogame.cluster.user;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.wire.FrameHandler;
import io.nanogame.cluster.wire.FrameWriter;
import io.nanogame.cluster.wire.SerializerCheck;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.LoginClaim;
import io.nanogame.session.LoginObserver;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.nanogame.session.WrittenPush;
import io.nanogame.user.Users;
import org.jspecify.annotations.Nullable;

/**
 * Players by their uids, wherever in the cluster they are connected. A node hears the
 * subject of a uid while a session of its own is bound to it, so NATS itself knows where
 * players are. Any thread; nothing blocks.
 */
public final class ClusterUsers implements Users, FrameHandler, LoginObserver {

	/** A node that has not answered by then is not waited for. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	/** When all NATS servers know for certain what this node hears. */
	private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

	private final SessionRegistry registry;

	private final Sessions sessions;

	private final LongPredicate own;

	private final Peers peers;

	private final Subjects subjects;

	private final FrameWriter writer;

	private final Payloads payloads;

	private final SerializerCheck serializers;

	private final ClusterLogins logins;

	private final Function<Session, @Nullable String> gateway;

	private final Map<String, Held> held = new ConcurrentHashMap<>();

	private final AtomicLong lastQuestion = new AtomicLong();

	private final Map<Long, CompletableFuture<List<Long>>> questions = new ConcurrentHashMap<>();

	/**
	 * The players of the cluster.
	 * @param registry the sessions of this node
	 * @param own recognises sessions of this node by their ids
	 * @param peers the other nodes
	 * @param subjects of the cluster
	 * @param writer writes frames
	 * @param payloads of this node
	 * @param gateway the id of the node a session's client is connected to, null for this
	 * one
	 */
	public ClusterUsers(SessionRegistry registry, LongPredicate own, Peers peers, Subjects subjects, FrameWriter writer,
			Payloads payloads, Function<Session, @Nullable String> gateway) {
		this.registry = registry;
		this.sessions = registry.sessions();
		this.own = own;
		this.peers = peers;
		this.subjects = subjects;
		this.writer = writer;
		this.payloads = payloads;
		this.serializers = new SerializerCheck(payloads);
		this.gateway = gateway;
		this.logins = new ClusterLogins(own, peers, subjects, writer, this::holders);
		registry.logins().join(this.logins);
		registry.logins().addObserver(this);
	}

	/** Begins to learn from NATS that no node has a player. */
	public void listen() {
		this.peers.listenForSilence(this.subjects.allAbsent(this.peers.self()),
				(question) -> answered(Long.parseLong(question), List.of()));
	}

	@Override
	public void push(String uid, String route, Object payload) {
		push(uid, OutboundMessage.push(route, payload, this.payloads));
	}

	private void push(String uid, OutboundMessage message) {
		String route = message.route();
		byte[] body = message.body();
		pushHere(uid, message, (session) -> true);
		Set<String> gateways = gatewaysOf(uid);
		send(gateways, (except) -> this.writer.userPush(uid, route, body, except));
		this.peers.publish(this.subjects.user(uid), this.writer.userPush(uid, route, body, gateways));
	}

	/**
	 * The gateways of guests of this node. They may not listen to the uid's subject yet,
	 * since it was bound here a moment ago: they get what concerns it behind the binding.
	 */
	private Set<String> gatewaysOf(String uid) {
		return this.sessions.findByUid(uid)
			.stream()
			.map(this.gateway)
			.filter(Objects::nonNull)
			.collect(Collectors.toUnmodifiableSet());
	}

	private void send(Set<String> gateways, Function<Set<String>, byte[]> frame) {
		if (!gateways.isEmpty()) {
			byte[] direct = frame.apply(Set.of());
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
		userKick(uid, reason, Set.of());
		Set<String> gateways = gatewaysOf(uid);
		send(gateways, (except) -> this.writer.userKick(uid, reason, except));
		this.peers.publish(this.subjects.user(uid), this.writer.userKick(uid, reason, gateways));
	}

	@Override
	public CompletionStage<List<Long>> find(String uid) {
		List<Long> here = this.sessions.findByUid(uid).stream().map(Session::id).toList();
		if (!here.isEmpty()) {
			return CompletableFuture.completedFuture(here);
		}
		// The caller may block, and must not block the thread that reads from the
		// network.
		return ask(uid, null).thenApplyAsync(Function.identity(), this.registry.workers());
	}

	/**
	 * As {@link #find} on the other nodes, but with the word of NATS that no node listens
	 * for the player. It may be wrong for a moment after a node came back to NATS.
	 */
	private CompletionStage<List<Long>> holders(String uid) {
		return ask(uid, this.peers.self());
	}

	private CompletableFuture<List<Long>> ask(String uid, @Nullable String self) {
		long question = this.lastQuestion.incrementAndGet();
		CompletableFuture<List<Long>> answer = new CompletableFuture<>();
		this.questions.put(question, answer);
		answer.completeOnTimeout(List.of(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((sessions, failure) -> this.questions.remove(question));
		this.peers.publish(this.subjects.user(uid),
				(self != null) ? this.subjects.absent(self, Long.toString(question)) : null,
				this.writer.userWhere(question, uid));
		return answer;
	}

	private void answered(long question, List<Long> ids) {
		CompletableFuture<List<Long>> answer = this.questions.get(question);
		if (answer != null) {
			answer.complete(ids);
		}
	}

	private long[] here(String uid) {
		return this.sessions.findByUid(uid).stream().mapToLong(Session::id).filter(this.own).toArray();
	}

	/** Announces again what may have been lost with the connection. */
	public void reconnected() {
		this.registry.logins().announce();
	}

	// Of this node

	@Override
	public void bound(Session session, String uid, boolean here) {
		if (!this.own.test(session.id())) {
			return;
		}
		this.held.compute(uid, (key, present) -> (present != null) ? present.more()
				: new Held(1, this.peers.listen(this.subjects.user(key), this)));
		if (this.registry.logins().isUnique()) {
			// Of two nodes at different NATS servers neither may listen to the other yet.
			LATER.execute(() -> this.registry.logins().announce(uid));
		}
	}

	@Override
	public void unbound(Session session, String uid, boolean here) {
		if (this.own.test(session.id())) {
			this.held.computeIfPresent(uid, (key, present) -> present.less());
		}
	}

	// From other nodes

	@Override
	public void userPush(String uid, String route, byte[] body, Set<String> except) {
		if (except.contains(this.peers.self())) {
			return;
		}
		pushHere(uid, OutboundMessage.push(route, body, this.payloads),
				(session) -> this.serializers.mayPush(session.payloads(), route));
	}

	private void pushHere(String uid, OutboundMessage message, Predicate<Session> some) {
		Collection<Session> found = this.sessions.findByUid(uid);
		if (found.isEmpty()) {
			return;
		}
		WrittenPush push = new WrittenPush(message);
		for (Session session : found) {
			if (this.own.test(session.id()) && some.test(session)) {
				push.send(session);
			}
		}
	}

	@Override
	public void userKick(String uid, String reason, Set<String> except) {
		if (except.contains(this.peers.self())) {
			return;
		}
		for (Session session : this.sessions.findByUid(uid)) {
			if (this.own.test(session.id())) {
				session.kick(reason);
			}
		}
	}

	@Override
	public void userWhere(String from, long question, String uid) {
		long[] here = here(uid);
		if (here.length > 0) {
			this.peers.to(from).send(this.writer.userHere(question, here));
		}
	}

	@Override
	public void userHere(String from, long question, long[] ids) {
		answered(question, LongStream.of(ids).boxed().toList());
	}

	@Override
	public void claim(String uid, long stamp, long session) {
		this.logins.received(stamp);
		this.registry.logins().received(new LoginClaim(uid, stamp, session));
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
