package io.nanogame.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;

import io.nanogame.cluster.SessionLocation.State;
import io.nanogame.cluster.backend.Backend;
import io.nanogame.cluster.backend.SessionCopy;
import io.nanogame.cluster.gateway.Router;
import io.nanogame.cluster.gateway.SessionRoutes;
import io.nanogame.node.Node;
import io.nanogame.node.Nodes;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * Finds sessions of the cluster by their ids, as far as this node knows them: its own
 * ones, and those of other nodes whose messages it handles. Thread-safe.
 */
public final class SessionLocator {

	private final String self;

	private final LongPredicate own;

	private final Nodes nodes;

	private final Sessions sessions;

	private final Router router;

	private final Backend backend;

	SessionLocator(String self, LongPredicate own, Nodes nodes, Sessions sessions, Router router, Backend backend) {
		this.self = self;
		this.own = own;
		this.nodes = nodes;
		this.sessions = sessions;
		this.router = router;
		this.backend = backend;
	}

	/**
	 * Finds a session. Does not block.
	 * @param id the id of the session
	 * @return completed by the loop of a session of this node, otherwise now; empty if no
	 * session of this node has the id, and no other node that is up could have it
	 */
	public CompletableFuture<Optional<SessionLocation>> find(long id) {
		if (this.own.test(id)) {
			return this.router.routes(id).thenApply((routes) -> own(id, routes));
		}
		return CompletableFuture
			.completedFuture(this.backend.copy(id).map((copy) -> copied(id, copy)).or(() -> elsewhere(id)));
	}

	private Optional<SessionLocation> own(long id, @Nullable SessionRoutes routes) {
		Session open = this.sessions.find(id).orElse(null);
		if (open == null && routes == null) {
			return Optional.empty();
		}
		State state = (open != null) ? State.OPEN : State.CLOSING;
		Integer messages = (open != null) ? SessionHandle.of(open).queue().messages() : null;
		return Optional
			.of(new SessionLocation(id, state, this.self, messages, (routes != null) ? routes : SessionRoutes.NONE));
	}

	private Optional<SessionLocation> elsewhere(long id) {
		return this.nodes.others()
			.stream()
			.map(Node::id)
			.filter((node) -> Identity.owns(node, id))
			.findFirst()
			.map((gateway) -> new SessionLocation(id, State.ELSEWHERE, gateway, null, SessionRoutes.NONE));
	}

	private static SessionLocation copied(long id, SessionCopy copy) {
		return new SessionLocation(id, State.COPIED, copy.gateway(), copy.messages(),
				new SessionRoutes(copy.version(), Map.of(), List.of()));
	}

}
