package io.nanogame.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

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

	/** The maximum time until the loop of a session replies. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final Identity identity;

	private final Nodes nodes;

	private final Sessions sessions;

	private final Router router;

	private final Backend backend;

	SessionLocator(Identity identity, Nodes nodes, Sessions sessions, Router router, Backend backend) {
		this.identity = identity;
		this.nodes = nodes;
		this.sessions = sessions;
		this.router = router;
		this.backend = backend;
	}

	/**
	 * Finds a session. Blocks for up to two seconds while the loop of a session of this
	 * node is busy.
	 * @param id the id of the session
	 * @return empty if no session of this node has the id, and no other node that is up
	 * could have it
	 * @throws java.util.concurrent.CompletionException when the loop of the session does
	 * not reply in time
	 */
	public Optional<SessionLocation> find(long id) {
		if (this.identity.owns(id)) {
			return own(id);
		}
		return this.backend.copy(id)
			.map((copy) -> copied(id, copy))
			.or(() -> this.nodes.others()
				.stream()
				.map(Node::id)
				.filter((node) -> Identity.owns(node, id))
				.findFirst()
				.map((gateway) -> new SessionLocation(id, SessionLocation.State.ELSEWHERE, gateway, null,
						SessionRoutes.NONE)));
	}

	private Optional<SessionLocation> own(long id) {
		Optional<Session> open = this.sessions.find(id);
		@Nullable SessionRoutes routes = this.router.routes(id).orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
		if (open.isEmpty() && routes == null) {
			return Optional.empty();
		}
		SessionLocation.State state = open.isPresent() ? SessionLocation.State.OPEN : SessionLocation.State.CLOSING;
		@Nullable Integer messages = open.map((session) -> SessionHandle.of(session).queue().backlog()).orElse(null);
		return Optional.of(new SessionLocation(id, state, this.identity.id(), messages,
				(routes != null) ? routes : SessionRoutes.NONE));
	}

	private static SessionLocation copied(long id, SessionCopy copy) {
		return new SessionLocation(id, SessionLocation.State.COPIED, copy.gateway(), copy.messages(),
				new SessionRoutes(copy.version(), Map.of(), List.of()));
	}

}
