package io.nanogame.cluster.gateway;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

import io.nanogame.cluster.frame.AttributeCodec;
import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.cluster.peer.RequestTime;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this node with messages that other nodes handle. Thread-safe.
 */
final class ForwardedSessions {

	private final Map<Long, ForwardedSession> byId = new ConcurrentHashMap<>();

	/** Sessions with a message that no node can receive at this moment. */
	private final Set<ForwardedSession> waiting = ConcurrentHashMap.newKeySet();

	private final Destinations destinations;

	private final PrincipalCodec principals;

	private final AttributeCodec codec;

	private final RequestTime time;

	private final LongPredicate own;

	ForwardedSessions(Destinations destinations, PrincipalCodec principals, AttributeCodec codec, RequestTime time,
			LongPredicate own) {
		this.destinations = destinations;
		this.principals = principals;
		this.codec = codec;
		this.time = time;
		this.own = own;
	}

	/** Returns whether this node owns a session. */
	boolean isOwn(long id) {
		return this.own.test(id);
	}

	@Nullable ForwardedSession find(long id) {
		return this.byId.get(id);
	}

	/**
	 * Returns the forwarded session of a session, which is created if necessary, or null
	 * if another gateway owns the session.
	 */
	@Nullable ForwardedSession of(Session given) {
		Session session = SessionHandle.of(given).session();
		ForwardedSession known = this.byId.get(session.id());
		if (known != null) {
			return known;
		}
		// The owner is decided under the lock of the entry, which leave() acquires later.
		ForwardedSession forwarded = this.byId.computeIfAbsent(session.id(),
				(id) -> isOwn(id) ? create(session) : null);
		if (forwarded != null) {
			forwarded.use();
		}
		return forwarded;
	}

	/** Removes a session that another gateway continues, and owns already. */
	GatewayState leave(Session session, String to) {
		ForwardedSession known = this.byId.remove(session.id());
		ForwardedSession forwarded = (known != null) ? known : create(session);
		this.waiting.remove(forwarded);
		return forwarded.leave(to);
	}

	private ForwardedSession create(Session session) {
		SessionHandle.of(session).pin();
		StickyNodes chosen = new StickyNodes(session, this.destinations);
		SessionCopies copies = new SessionCopies(session, this.destinations,
				new SessionState(session, chosen, this.principals, this.codec));
		return new ForwardedSession(session, this, this.destinations, this.time, copies, chosen);
	}

	/** On the loop of the session. */
	void removeIfOver(ForwardedSession session) {
		if (session.isOver()) {
			this.byId.remove(session.session().id(), session);
			this.waiting.remove(session);
		}
	}

	/**
	 * Resumes a session at the next {@link #resumeWaiting()}. Returns false when it waits
	 * already.
	 */
	boolean awaitNodes(ForwardedSession session) {
		return this.waiting.add(session);
	}

	/** Nodes have changed, so that messages may be sent now, or fail. */
	void resumeWaiting() {
		for (ForwardedSession session : this.waiting) {
			if (this.waiting.remove(session)) {
				execute(session, (forwarded) -> forwarded.runs().resume());
			}
		}
	}

	/** Executes an action on the loop of a session, if there is one with the id. */
	void execute(long id, Consumer<ForwardedSession> action) {
		ForwardedSession session = this.byId.get(id);
		if (session != null) {
			execute(session, action);
		}
	}

	/** Executes an action for each session, on its loop. */
	void executeAll(Consumer<ForwardedSession> action) {
		this.byId.values().forEach((session) -> execute(session, action));
	}

	/** Executes an action for each session that a node knows, on its loop. */
	void executeKnownTo(String node, Consumer<ForwardedSession> action) {
		this.byId.values()
			.stream()
			.filter((session) -> session.copies().isKnownTo(node))
			.forEach((session) -> execute(session, action));
	}

	/**
	 * Executes an action when the tasks that run on the loops of all sessions are done.
	 */
	void afterCurrent(Runnable action) {
		Set<ConnectionLoop> loops = this.byId.values().stream().map(ForwardedSession::loop).collect(Collectors.toSet());
		AtomicInteger left = new AtomicInteger(loops.size() + 1);
		Runnable done = () -> {
			if (left.decrementAndGet() == 0) {
				action.run();
			}
		};
		loops.forEach((loop) -> loop.execute(done));
		done.run();
	}

	private static void execute(ForwardedSession session, Consumer<ForwardedSession> action) {
		session.loop().execute(() -> action.accept(session));
	}

}
