package io.nanogame.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.nanogame.cluster.backend.Backend;
import io.nanogame.cluster.backend.RemoteSession;
import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.BusReader;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.frame.FrameCodec;
import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.cluster.frame.TravelCheck;
import io.nanogame.cluster.gateway.Destinations;
import io.nanogame.cluster.gateway.Router;
import io.nanogame.cluster.group.ClusterGroups;
import io.nanogame.cluster.group.GroupHost;
import io.nanogame.cluster.node.ClusterNodes;
import io.nanogame.cluster.node.Membership;
import io.nanogame.cluster.node.Ticker;
import io.nanogame.cluster.peer.PayloadForms;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.peer.RequestTime;
import io.nanogame.cluster.peer.UsedForms;
import io.nanogame.cluster.push.ClusterPushes;
import io.nanogame.cluster.service.ClusterClaims;
import io.nanogame.cluster.service.ClusterServices;
import io.nanogame.cluster.user.ClusterUsers;
import io.nanogame.cluster.user.SessionQueries;
import io.nanogame.dispatch.Refusal;
import io.nanogame.dispatch.UnknownRoute;
import io.nanogame.group.GroupSettings;
import io.nanogame.group.Pushes;
import io.nanogame.lane.Timers;
import io.nanogame.node.Node;
import io.nanogame.node.RoutingStrategy;
import io.nanogame.node.SessionRouting;
import io.nanogame.protocol.Message;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.nanogame.time.TimeSource;
import io.nanogame.trace.Tracing;
import io.nanogame.user.Users;
import org.jspecify.annotations.Nullable;

/**
 * This server as a node of a cluster: its parts put together, started and stopped once.
 */
public final class ClusterNode implements SessionRouting, AutoCloseable {

	private static final int HEARTBEATS_OF_A_LEASE = 5;

	/**
	 * How long calls of services that have arrived may take to be answered at the end.
	 */
	private static final Duration SERVICES_PATIENCE = Duration.ofSeconds(2);

	private final MessageReceiver unknown = new UnknownRoute();

	private final ClusterSettings settings;

	private final Identity identity;

	private final Bus bus;

	private final ClusterThreads threads;

	private final Ticker ticker;

	private final OwnNode self;

	private final Peers peers;

	private final Membership membership;

	private final Router router;

	private final Backend backend;

	private final ClusterGroups groups;

	private final ClusterUsers users;

	private final ClusterPushes pushes;

	private final ClusterServices services;

	private final LostMessages lost;

	private final NodeDrain drain;

	private final SessionLocator locator;

	private volatile @Nullable GameServer server;

	/**
	 * Creates a node that is not announced to the others.
	 * @param settings the settings of the cluster
	 * @param identity the id of the node and of its sessions
	 * @param bus the connection to the other nodes; closed with this node
	 * @param threads the threads of the node; closed with it
	 * @param payloads the serialization
	 * @param sessions the sessions of the server
	 * @param timers the timers of the server
	 * @param groupSettings the settings of all groups
	 * @param principals converts principals
	 * @param strategy selects nodes
	 * @param tracing traces messages across nodes
	 */
	public ClusterNode(ClusterSettings settings, Identity identity, Bus bus, ClusterThreads threads, Payloads payloads,
			Sessions sessions, Timers timers, GroupSettings groupSettings, PrincipalCodec principals, RoutingStrategy strategy,
			Tracing tracing) {
		this.settings = settings;
		this.identity = identity;
		this.bus = bus;
		this.threads = threads;
		TimeSource time = timers.time();
		this.ticker = new Ticker(time, threads.later());
		Subjects subjects = new Subjects(settings.cluster(), identity.id());
		SessionRegistry registry = SessionRegistry.of(sessions);
		registry.checkAttributes(new TravelCheck(payloads));
		BusReader reader = bus.newReader();
		this.peers = new Peers(identity.id(), bus, reader, subjects, new FrameCodec(payloads), settings.versions(),
				time);
		this.services = new ClusterServices(identity.id(), bus, reader, subjects, payloads, this::announce,
				claims(subjects, time));
		PayloadForms forms = new PayloadForms(registry.allPayloads(),
				new UsedForms(identity::owns, payloads, this::announce));
		this.self = new OwnNode(settings, identity, sessions, this.services::names, forms.used()::own);
		this.membership = new Membership(bus, this.peers, subjects, this.self::describe, settings.membership(),
				new Ticker(time, threads.heartbeat()), registry.workers());
		this.services.selectAmong(this.membership.nodes());
		RequestTime requestTime = new RequestTime(timers::nanoTime, settings.requestTimeout().toNanos());
		Destinations destinations = new Destinations(bus, this.membership.nodes(), this.peers, strategy, tracing,
				payloads);
		this.router = new Router(destinations, registry, forms, principals, requestTime);
		this.backend = new Backend(this.peers, principals, registry, forms, this::handle, threads.sessions(), requestTime);
		this.groups = new ClusterGroups(
				new GroupHost(identity::owns, this.peers, subjects, this.backend, registry, timers, groupSettings),
				threads.later());
		this.users = new ClusterUsers(registry, forms, identity::owns, this.peers, time,
				new SessionQueries(this.peers, subjects, time, settings.membership(), this::areAllConnected),
				RemoteSession::gatewayOf);
		this.pushes = new ClusterPushes(registry, forms, this.groups, this.membership.nodes(), bus, this.peers, time);
		this.lost = new LostMessages(this.peers, this.router, this.backend, this.groups, this.users);
		this.drain = new NodeDrain(this::announceLeaving, this.services, this.backend, this.self::clients, time);
		this.locator = new SessionLocator(identity, this.membership.nodes(), sessions, this.router, this.backend);
		sessions.addListener(forms.used());
		connect(forms.used());
	}

	/** Adds the parts that must know when other nodes change. */
	private void connect(UsedForms used) {
		List.of(used, this.router, this.pushes, this.backend, this.groups, this.services)
			.forEach(this.membership.nodes()::addPart);
		this.membership.onHearing(this.router::hearing);
		this.bus.onReconnect(() -> this.threads.later().execute(this.lost::compareAll));
	}

	private void announceLeaving(boolean now) {
		this.self.setLeaving(now);
		this.membership.changed();
	}

	private ClusterClaims claims(Subjects subjects, TimeSource time) {
		Duration lease = this.settings.membership().heartbeat().multipliedBy(HEARTBEATS_OF_A_LEASE);
		return new ClusterClaims(this.identity.id(), this.bus.newLeases(subjects.claims(), lease), lease, time,
				this.threads.later());
	}

	/** Whether this node and all others have a connection, as far as it is known. */
	private boolean areAllConnected() {
		return this.bus.isStable(this.settings.membership().heartbeat()) && nodes().suspectCount() == 0;
	}

	/** Announces a change of this node. */
	private void announce() {
		this.membership.changed();
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
			this.router.receive(session, message, headers, receivedNanos, deadlineNanos);
		}
	}

	/**
	 * Joins the cluster: from now on the others send messages here.
	 * @param started handles the messages of other nodes' clients
	 * @param servesClients whether this node has clients of its own
	 */
	public void start(GameServer started, boolean servesClients) {
		this.self.start(started, servesClients);
		this.server = started;
		this.peers.listen(new FrameDispatcher(this.identity::owns, this.router, this.backend, this.groups, this.users,
				this.pushes, this.lost), this.membership::lost, this.lost::noticed);
		this.users.listen(servesClients);
		if (servesClients) {
			this.pushes.listen();
		}
		this.membership.start();
		new RepeatedTasks(this.peers, nodes(), this.backend, this.groups, this.users, this.pushes, this.lost)
			.start(this.ticker, this.settings);
	}

	/**
	 * Waits until the components of the other nodes are known, so that clients find them.
	 * Blocks for a moment.
	 * @throws IllegalStateException when another node has the number of this one
	 */
	public void awaitOthers() {
		this.membership.awaitOthers();
		Node other = this.membership.nodeWithSameNumber();
		if (other != null) {
			throw new IllegalStateException(
					"%s has the same number as this node. Start this node again: it chooses another number"
						.formatted(other));
		}
	}

	@Override
	public void bind(Session session, String component, String node) {
		if (RemoteSession.gatewayOf(session) != null) {
			this.backend.bindRoute(session, component, node);
		}
		else {
			this.router.bind(session, component, node);
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
		return this.membership.isHearing() && this.membership.nodeWithSameNumber() == null;
	}

	/**
	 * Returns what this node knows by announcements, also about itself.
	 * @return always the same object
	 */
	public Membership membership() {
		return this.membership;
	}

	/**
	 * The nodes of the cluster.
	 * @return live
	 */
	public ClusterNodes nodes() {
		return this.membership.nodes();
	}

	/**
	 * What goes to the other nodes and comes from them.
	 * @return live
	 */
	public Peers peers() {
		return this.peers;
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
		return this.groups;
	}

	/**
	 * Players, wherever they are.
	 * @return live
	 */
	public Users users() {
		return this.users;
	}

	/**
	 * Pushes that tell who took them.
	 * @return live
	 */
	public Pushes pushes() {
		return this.pushes;
	}

	/**
	 * Services of other nodes; for {@link io.nanogame.service.Services#join}.
	 * @return live
	 */
	public ClusterServices services() {
		return this.services;
	}

	/**
	 * Returns the drain of this node, before it stops or because an operator wants it.
	 * @return always the same object
	 */
	public NodeDrain drain() {
		return this.drain;
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
		this.groups.endWindows();
		this.services.close(SERVICES_PATIENCE);
		this.membership.close();
		this.ticker.close();
		this.users.close();
		this.pushes.close();
		this.bus.close();
		this.threads.close();
	}

}
