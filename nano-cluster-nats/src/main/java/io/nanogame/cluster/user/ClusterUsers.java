package io.nanogame.cluster.user;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

import io.nanogame.cluster.wire.FrameHandler;
import io.nanogame.cluster.wire.FrameWriter;
import io.nanogame.cluster.wire.Peers;
import io.nanogame.cluster.wire.Subjects;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.session.Sessions;
import io.nanogame.session.UniqueSessions;
import io.nanogame.user.Users;
import org.jspecify.annotations.Nullable;

/**
 * Players by their uids, wherever in the cluster they are connected. A node hears the
 * subject of a uid while a session of its own is bound to it, so NATS itself knows where
 * players are. Any thread; nothing blocks.
 */
public final class ClusterUsers implements Users, FrameHandler, SessionListener {

	/** A node that has not answered by then is not waited for. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	/** When all NATS servers know for certain what this node hears. */
	private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

	private final Sessions sessions;

	private final LongPredicate own;

	private final Peers peers;

	private final Subjects subjects;

	private final FrameWriter writer;

	private final Payloads payloads;

	private final UniqueSessions unique;

	private final boolean isUnique;

	private final ClusterClock clock = new ClusterClock();

	private final Map<String, Held> held = new ConcurrentHashMap<>();

	private final AtomicLong lastQuestion = new AtomicLong();

	private final Map<Long, CompletableFuture<List<Long>>> questions = new ConcurrentHashMap<>();

	/**
	 * The players of the cluster.
	 * @param sessions of this node
	 * @param own tells sessions of this node by their ids
	 * @param peers the other nodes
	 * @param subjects of the cluster
	 * @param writer writes frames
	 * @param payloads of this node
	 * @param unique whether a player may have one session only
	 */
	public ClusterUsers(Sessions sessions, LongPredicate own, Peers peers, Subjects subjects, FrameWriter writer,
			Payloads payloads, boolean unique) {
		this.sessions = sessions;
		this.own = own;
		this.peers = peers;
		this.subjects = subjects;
		this.writer = writer;
		this.payloads = payloads;
		this.isUnique = unique;
		this.unique = new UniqueSessions(this.clock::next, (session) -> own.test(session.id()), (claim) -> peers
			.publish(subjects.user(claim.uid()), writer.claim(claim.uid(), claim.stamp(), claim.session())));
		sessions.addListener(this);
	}

	@Override
	public void push(String uid, String route, Object payload) {
		byte[] body = OutboundMessage.push(route, payload, this.payloads).body();
		userPush(uid, route, body);
		this.peers.publish(this.subjects.user(uid), this.writer.userPush(uid, route, body));
	}

	@Override
	public void push(Collection<String> uids, String route, Object payload) {
		byte[] body = OutboundMessage.push(route, payload, this.payloads).body();
		uids.forEach((uid) -> push(uid, route, body));
	}

	@Override
	public void kick(String uid, String words) {
		userKick(uid, words);
		this.peers.publish(this.subjects.user(uid), this.writer.userKick(uid, words));
	}

	@Override
	public CompletionStage<List<Long>> find(String uid) {
		long[] here = here(uid);
		if (here.length > 0) {
			return CompletableFuture.completedFuture(LongStream.of(here).boxed().toList());
		}
		long question = this.lastQuestion.incrementAndGet();
		CompletableFuture<List<Long>> answer = new CompletableFuture<>();
		this.questions.put(question, answer);
		answer.completeOnTimeout(List.of(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((sessions, failure) -> this.questions.remove(question));
		this.peers.publish(this.subjects.user(uid), this.writer.userWhere(question, uid));
		// Who waits may block, and must not block those who hear the other nodes.
		return answer.thenApplyAsync(Function.identity(), this.sessions.workers());
	}

	private long[] here(String uid) {
		return this.sessions.findByUid(uid).stream().mapToLong(Session::id).filter(this.own).toArray();
	}

	/** What was said while the way to the others was lost is said again. */
	public void reconnected() {
		if (this.isUnique) {
			this.unique.repeat();
		}
	}

	// Of this node

	@Override
	public void bound(Session session) {
		String uid = session.uid();
		if (uid == null || !this.own.test(session.id())) {
			return;
		}
		this.held.compute(uid, (key, present) -> (present != null) ? present.more()
				: new Held(1, this.peers.listen(this.subjects.user(key), this)));
		session.addCloseAction((closed) -> this.held.computeIfPresent(uid, (key, present) -> present.less()));
		if (this.isUnique) {
			this.unique.bound(session);
			// Of two nodes at different NATS servers neither may have heard the other
			// yet.
			LATER.execute(() -> this.unique.repeat(uid));
		}
	}

	// From other nodes

	@Override
	public void userPush(String uid, String route, byte[] body) {
		for (Session session : this.sessions.findByUid(uid)) {
			if (this.own.test(session.id())) {
				session.push(route, body);
			}
		}
	}

	@Override
	public void userKick(String uid, String words) {
		for (Session session : this.sessions.findByUid(uid)) {
			if (this.own.test(session.id())) {
				session.kick(words);
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
		CompletableFuture<List<Long>> answer = this.questions.get(question);
		if (answer != null) {
			answer.complete(LongStream.of(ids).boxed().toList());
		}
	}

	@Override
	public void claim(String uid, long stamp, long session) {
		this.clock.heard(stamp);
		if (this.isUnique) {
			this.unique.heard(new UniqueSessions.Claim(uid, stamp, session));
		}
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
