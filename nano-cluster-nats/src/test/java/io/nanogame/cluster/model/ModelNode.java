package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.nanogame.cluster.ClusterHooks;
import io.nanogame.cluster.ClusterNode;
import io.nanogame.cluster.ClusterSettings;
import io.nanogame.cluster.ClusterThreads;
import io.nanogame.cluster.Identity;
import io.nanogame.cluster.LocalServer;
import io.nanogame.cluster.backend.RemoteSession;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.cluster.node.MembershipSettings;
import io.nanogame.connection.TransportSettings;
import io.nanogame.group.GroupSettings;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.memory.MemoryTransport;
import io.nanogame.node.RoutingStrategy;
import io.nanogame.observe.ServerEvents;
import io.nanogame.plain.JsonProtocol;
import io.nanogame.resume.ResumeSettings;
import io.nanogame.route.Route;
import io.nanogame.route.RouteHandler;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.Serializer;
import io.nanogame.server.GameServer;
import io.nanogame.service.NanoService;
import io.nanogame.service.Services;
import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.nanogame.trace.Tracing;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node of a {@link ModelCluster}.
 */
final class ModelNode {

	private static final JsonMapper JSON = JsonMapper.shared();

	final String name;

	final MemoryBus bus;

	final Sessions sessions;

	final ClusterNode cluster;

	final Groups groups;

	final Services services;

	final Lanes lanes;

	private final Identity identity;

	private final Payloads payloads = new Payloads(new JsonSerializer(JSON));

	private final List<Route> routes = new ArrayList<>();

	private final List<ModelClient> clients = new ArrayList<>();

	private final List<HandshakeValidator> validators = new ArrayList<>();

	private final List<Serializer> serializers = new ArrayList<>();

	private final ModelCluster owner;

	private final Executor workers;

	private final Timers timers;

	private TransportSettings settings = TransportSettings.defaults();

	private RoutingStrategy strategy;

	private MemoryTransport transport;

	private boolean running = true;

	ModelNode(ModelCluster owner, String name, int number, LoginPolicy policy) {
		this.owner = owner;
		this.name = name;
		this.bus = owner.network.connect();
		this.workers = owner.steps.pool(this::isRunning);
		this.lanes = new Lanes(this.workers, 100_000);
		this.timers = new Timers(this.lanes.named("timer"), Duration.ofMillis(1), owner.time);
		this.identity = new Identity(name, number);
		this.sessions = new Sessions(this.payloads, this.workers, 0, this.identity::nextSession, policy);
		ClusterThreads threads = new ClusterThreads(owner.steps.thread(this::isRunning),
				owner.steps.thread(this::isRunning), owner.steps.thread(this::isRunning));
		this.strategy = (session, component, candidates) -> candidates.get(owner.random.nextInt(candidates.size()));
		this.cluster = new ClusterNode(
				new ClusterSettings("model", name, "", Map.of(), MembershipSettings.of(ModelCluster.HEARTBEAT),
						ModelCluster.REQUEST_TIMEOUT),
				this.identity, this.bus, threads,
				new LocalServer(this.payloads, this.sessions, this.timers, GroupSettings.of(0, owner.merged)),
				new ClusterHooks(owner.principals,
						(session, component, candidates) -> this.strategy.choose(session, component, candidates),
						Tracing.NONE));
		this.services = new Services(this.lanes, this.timers, ModelCluster.NEVER, List.of(), ServerEvents.NONE,
				Tracing.NONE);
		this.services.join(this.cluster.services());
		this.groups = new Groups(this.cluster.groups()::open, this.cluster.groups().settings().size());
	}

	ModelNode route(String route, RouteHandler handler) {
		this.routes.add(Route.of(route, handler));
		return this;
	}

	ModelNode validator(HandshakeValidator validator) {
		this.validators.add(validator);
		return this;
	}

	/** Adds a serializer, which sessions may have. */
	ModelNode serializer(Serializer more) {
		this.serializers.add(more);
		return this;
	}

	/** Sets how long sessions are kept without a connection. */
	ModelNode window(Duration window) {
		this.settings = TransportSettings.builder().resume(ResumeSettings.defaults().withWindow(window)).build();
		return this;
	}

	ModelNode strategy(RoutingStrategy other) {
		this.strategy = other;
		return this;
	}

	/** Offers a service before the start, as the components of a game do. */
	ModelNode greeting() {
		this.services.offer(Greeting.class, () -> CompletableFuture.completedFuture(this.name));
		return this;
	}

	/** Joins the cluster. */
	ModelNode start(boolean gateway) {
		GameServer server = GameServer.builder(this.payloads, this.lanes, this.sessions, this.timers)
			.settings(this.settings)
			.routes(this.routes)
			.handshakeValidators(this.validators)
			.fallback(this.cluster::route)
			.serializers(this.serializers)
			.protocols(List.of(new JsonProtocol(this.owner.limits(), this.payloads)))
			.listeners(List.of())
			.build();
		this.transport = new MemoryTransport(server.transport(), this.workers, this.owner.time);
		this.cluster.start(server, gateway);
		server.start();
		return this;
	}

	ModelClient connect(Consumer<ModelClient.Frame> receiver) {
		ModelClient client = new ModelClient(this.transport, receiver);
		this.clients.add(client);
		return client;
	}

	MemoryTransport transport() {
		return this.transport;
	}

	String id() {
		return this.identity.id();
	}

	/** Returns whether clients may connect: their routes are known. */
	boolean isReady() {
		return this.running && this.cluster.nodes().isKnown("room");
	}

	boolean isRunning() {
		return this.running;
	}

	/** Returns whether a node is this one, or is up. */
	boolean knows(ModelNode other) {
		return other == this || this.cluster.nodes().isUp(other.id());
	}

	/** Returns whether the client of a session is connected to this node. */
	boolean owns(Session session) {
		return RemoteSession.gatewayOf(session) == null;
	}

	/** Stops as a server does that finishes its messages first. */
	void stop() {
		this.cluster.drain().begin();
		this.owner.advance(ModelCluster.HEARTBEAT.dividedBy(2));
		List.copyOf(this.sessions.all())
			.stream()
			.filter(this::owns)
			.forEach((session) -> session.close(CloseReason.SHUTDOWN));
		this.owner.advance(Duration.ZERO);
		this.cluster.close();
		kill();
	}

	/** Ends without an announcement, as a killed process. */
	void kill() {
		this.running = false;
		this.bus.close();
		this.clients.forEach(ModelClient::lost);
		this.owner.nodes.remove(this);
	}

	/** A service of any node. */
	@NanoService("greeting")
	interface Greeting {

		CompletableFuture<String> name();

	}

}
