package io.nanogame.cluster.gateway;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.nanogame.cluster.frame.AttributeCodec;
import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.cluster.frame.SessionTransfer.Routes;
import io.nanogame.cluster.peer.RequestTime;
import io.nanogame.session.CloseReason;
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

	ForwardedSessions(Destinations destinations, PrincipalCodec principals, AttributeCodec codec, RequestTime time) {
		this.destinations = destinations;
		this.principals = principals;
		this.codec = codec;
		this.time = time;
	}

	@Nullable ForwardedSession find(long id) {
		return this.byId.get(id);
	}

	/** Returns the forwarded session of a session, which is created if necessary. */
	ForwardedSession of(Session given) {
		Session session = SessionHandle.of(given).session();
		ForwardedSession known = this.byId.get(session.id());
		if (known != null) {
			return known;
		}
		ForwardedSession forwarded = this.byId.computeIfAbsent(session.id(), (id) -> create(session));
		if (forwarded.isFirstUse()) {
			SessionHandle.of(session).addCloseAction((closed) -> forwarded.closed(closeReason(closed)));
		}
		return forwarded;
	}

	/** Removes a session that another gateway continues. */
	Routes leave(Session session) {
		ForwardedSession forwarded = of(session);
		this.byId.remove(session.id(), forwarded);
		this.waiting.remove(forwarded);
		return forwarded.leave();
	}

	private ForwardedSession create(Session session) {
		SessionHandle.of(session).pin();
		StickyNodes chosen = new StickyNodes(session, this.destinations);
		SessionCopies copies = new SessionCopies(session, this.destinations,
				new SessionState(session, chosen, this.principals, this.codec));
		return new ForwardedSession(session, this, this.destinations, this.time, copies, chosen);
	}

	private static CloseReason closeReason(Session closed) {
		CloseReason reason = closed.closeReason();
		return (reason != null) ? reason : CloseReason.CLOSED;
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

	private static void execute(ForwardedSession session, Consumer<ForwardedSession> action) {
		session.loop().execute(() -> action.accept(session));
	}

}
