package io.nanogame.cluster;

import java.time.Duration;
import java.util.Map;

import io.nanogame.cluster.backend.RemoteSession;
import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.group.ClusterGroups;
import io.nanogame.cluster.handover.Handover;
import io.nanogame.cluster.node.ClusterNodes;
import io.nanogame.cluster.node.Membership;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.service.ClusterServices;
import io.nanogame.dispatch.Refusal;
import io.nanogame.dispatch.UnknownRoute;
import io.nanogame.group.Pushes;
import io.nanogame.node.Node;
import io.nanogame.node.SessionRouting;
import io.nanogame.protocol.Message;
import io.nanogame.server.GameServer;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.Session;
import io.nanogame.user.Users;
import org.jspecify.annotations.Nullable;

/**
 * This server as a node of a cluster: its parts put together, started and stopped once.
 */
public final class ClusterNode implements SessionRouting, AutoCloseable {

	/**
	 * How long calls of services that have arrived may take to be answered at the end.
	 */
	private static final Duration SERVICES_PATIENCE = Duration.ofSeconds(2);

	private final MessageReceiver unknown = new UnknownRoute();

	private final Bus bus;

	private final ClusterThreads threads;

	private final ClusterParts parts;

	private final NodeDrain drain;

	private final SessionLocator locator;

	private volatile @Nullable GameServer server;

	/**
	 * Creates a node that is not announced to the others.
	 * @param settings the settings of the cluster
	 * @param identity the id of the node and of its sessions
	 * @param bus the connection to the other nodes; closed with this node
	 * @param threads the threads of the node; closed with it
	 * @param local the server of the node
	 * @param hooks what the app determines
	 */
	public ClusterNode(ClusterSettings settings, Identity identity, Bus bus, ClusterThreads threads, LocalServer local,
			ClusterHooks hooks) {
		this.bus = bus;
		this.threads = threads;
		this.parts = new ClusterParts(settings, identity, bus, threads, local, hooks, this::handle);
		this.drain = new NodeDrain(this.parts.leaving, this.parts.services, this.parts.backend,
				this.parts.self::clients, this.parts.handover, local.timers().time());
		this.locator = new SessionLocator(identity.id(), this.parts.own, nodes(), local.sessions(), this.parts.router,
				this.parts.backend);
	}

	private void handle(Session session, Message message, Map<String, String> headers, long receivedNanos,
			long deadlineNanos) {
		GameServer present = this.server;
		if (present != null) {
			present.receiver().receive(session, message, headers, receivedNanos, deadlineNanos);
		}
		else {
			Refusal.submit(session, message, 503, "this node has stopped", deadlineNanos);
		}
	}

	/**
	 * Takes the messages of routes that are not here; for the game server's fallback.
	 * @param session whose message
	 * @param message the message
	 * @param headers of the node it comes from
	 * @param receivedNanos when the message was received, in this server's time
	 * @param deadlineNanos when the time for an answer is over, in this server's time
	 */
	public void route(Session session, Message message, Map<String, String> headers, long receivedNanos,
			long deadlineNanos) {
		if (this.server == null || RemoteSession.gatewayOf(session) != null) {
			this.unknown.receive(session, message, headers, receivedNanos, deadlineNanos);
		}
		else {
			this.parts.router.receive(session, message, headers, receivedNanos, deadlineNanos);
		}
	}

	/**
	 * Joins the cluster: from now on the others send messages here.
	 * @param started handles the messages of other nodes' clients
	 * @param servesClients whether this node has clients of its own
	 */
	public void start(GameServer started, boolean servesClients) {
		this.parts.self.start(started, servesClients);
		this.server = started;
		if (servesClients) {
			this.parts.handover.start(started.transport());
		}
		this.parts.start(servesClients);
	}

	/**
	 * Waits until the components of the other nodes are known, so that clients find them.
	 * Blocks for a moment.
	 * @throws IllegalStateException when another node has the number of this one
	 */
	public void awaitOthers() {
		this.parts.membership.awaitOthers();
		Node other = this.parts.membership.nodeWithSameNumber();
		if (other != null) {
			throw new IllegalStateException(
					"%s has the same number as this node. Start this node again: it chooses another number"
						.formatted(other));
		}
	}

	@Override
	public void bind(Session session, String component, String node) {
		if (RemoteSession.gatewayOf(session) != null) {
			this.parts.backend.bindRoute(session, component, node);
		}
		else {
			this.parts.router.bind(session, component, node);
		}
	}

	/**
	 * Whether the others can be reached right now.
	 * @return false while there is no connection to NATS
	 */
	public boolean isConnected() {
		return this.bus.isConnected();
	}

	/**
	 * Returns whether this node receives messages, by its own ones, and is the only one
	 * with its number.
	 * @return false while there is no connection to NATS, when none of its own messages
	 * has arrived within the patience, and when an older node has the same number
	 */
	public boolean isHearing() {
		return this.parts.membership.isHearing() && this.parts.membership.nodeWithSameNumber() == null;
	}

	/**
	 * Returns what this node knows by announcements, also about itself.
	 * @return always the same object
	 */
	public Membership membership() {
		return this.parts.membership;
	}

	/**
	 * The nodes of the cluster.
	 * @return live
	 */
	public ClusterNodes nodes() {
		return this.parts.membership.nodes();
	}

	/**
	 * What goes to the other nodes and comes from them.
	 * @return live
	 */
	public Peers peers() {
		return this.parts.peers;
	}

	/**
	 * Returns the connection to the other nodes.
	 * @return the connection
	 */
	public Bus bus() {
		return this.bus;
	}

	/**
	 * Groups that span nodes; for {@link io.nanogame.group.Groups}.
	 * @return live
	 */
	public ClusterGroups groups() {
		return this.parts.groups;
	}

	/**
	 * Players, wherever they are.
	 * @return live
	 */
	public Users users() {
		return this.parts.users;
	}

	/**
	 * Pushes that tell who took them.
	 * @return live
	 */
	public Pushes pushes() {
		return this.parts.pushes;
	}

	/**
	 * Services of other nodes; for {@link io.nanogame.service.Services#join}.
	 * @return live
	 */
	public ClusterServices services() {
		return this.parts.services;
	}

	/**
	 * Returns the drain of this node, before it stops or because an operator wants it.
	 * @return always the same object
	 */
	public NodeDrain drain() {
		return this.drain;
	}

	/**
	 * Returns the moves of sessions between gateways.
	 * @return always the same object
	 */
	public Handover handover() {
		return this.parts.handover;
	}

	/**
	 * Returns the sessions of the cluster, as far as this node knows them.
	 * @return always the same object
	 */
	public SessionLocator locator() {
		return this.locator;
	}

	/** Leaves for good. Blocks for a moment. */
	@Override
	public void close() {
		this.server = null;
		this.parts.close(SERVICES_PATIENCE);
		this.bus.close();
		this.threads.close();
	}

}
