package io.nanogame.cluster;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;

import io.nanogame.client.NanoClient;
import io.nanogame.client.NanoClientBuilder;
import io.nanogame.cluster.bus.nats.NatsBus;
import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.cluster.node.MembershipSettings;
import io.nanogame.connection.Protocol;
import io.nanogame.group.GroupSettings;
import io.nanogame.group.Groups;
import io.nanogame.group.MergedRoutes;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.net.Listener;
import io.nanogame.net.ListenerSettings;
import io.nanogame.node.RoutingStrategies;
import io.nanogame.node.RoutingStrategy;
import io.nanogame.observe.ServerEvents;
import io.nanogame.route.Route;
import io.nanogame.route.RouteHandler;
import io.nanogame.route.Threading;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.server.GameServerBuilder;
import io.nanogame.service.Services;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.nanogame.session.SpareThreads;
import io.nanogame.test.NatsServer;
import io.nanogame.trace.Tracing;
import io.nats.client.Connection;
import io.nats.client.Options;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node in this JVM: a game server with what a test adds, and its place in a cluster.
 */
public final class TestNode implements AutoCloseable {

	public final Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));

	public final ExecutorService workers = Executors.newFixedThreadPool(8);

	public final Lanes lanes = new Lanes(this.workers, 100_000);

	public final Timers timers = new Timers(this.lanes.named("timer"), Duration.ofMillis(1));

	public final Sessions sessions;

	public final ClusterNode cluster;

	public final Services services;

	public final Groups groups;

	private final NatsBus nats;

	private final List<Route> routes = new ArrayList<>();

	private final List<HandshakeValidator> validators = new ArrayList<>();

	private final List<Protocol> protocols = new ArrayList<>();

	private final List<Listener> listeners = new ArrayList<>();

	private final boolean gateway;

	private volatile RoutingStrategy strategy = RoutingStrategies.random();

	private GameServer server;

	private TestNode(String nats, String name, boolean gateway, LoginPolicy policy) {
		this(nats, name, gateway, policy, MergedRoutes.NONE);
	}

	private TestNode(String nats, String name, boolean gateway, LoginPolicy policy, MergedRoutes merged) {
		this(nats, name, gateway, policy, merged, Duration.ofMillis(200));
	}

	private TestNode(String nats, String name, boolean gateway, LoginPolicy policy, MergedRoutes merged,
			Duration heartbeat) {
		this.gateway = gateway;
		this.listeners.add(Listener.at(new InetSocketAddress("127.0.0.1", 0)));
		Identity identity = new Identity(name);
		this.sessions = new Sessions(this.payloads, this.workers, 0, identity::nextSession, policy);
		SessionRegistry.of(this.sessions)
			.logins()
			.awaited()
			.replaceWaiting(SpareThreads.of((ThreadPoolExecutor) this.workers));
		this.nats = NatsBus.connect(
				Options.builder().server(nats).noRandomize().maxReconnects(-1).reconnectWait(Duration.ofMillis(100)));
		GroupSettings settings = GroupSettings.of(0, merged);
		this.cluster = new ClusterNode(
				new ClusterSettings("test", name, "", Map.of(), MembershipSettings.of(heartbeat),
						Duration.ofSeconds(3)),
				identity, this.nats, ClusterThreads.start(),
				new LocalServer(this.payloads, this.sessions, this.timers, settings),
				new ClusterHooks(PrincipalCodec.NAMES,
						(session, component, candidates) -> this.strategy.choose(session, component, candidates),
						Tracing.NONE));
		this.services = new Services(this.lanes, this.timers, Duration.ofSeconds(3), List.of(), ServerEvents.NONE,
				Tracing.NONE);
		this.services.join(this.cluster.services());
		this.groups = new Groups(this.cluster.groups()::open, settings.size());
	}

	public static TestNode gateway(NatsServer nats, String name) {
		return new TestNode(nats.url(), name, true, LoginPolicy.REPLACE);
	}

	static TestNode gateway(String natsUrl, String name) {
		return new TestNode(natsUrl, name, true, LoginPolicy.REPLACE);
	}

	public static TestNode backend(NatsServer nats, String name) {
		return backend(nats.url(), name);
	}

	static TestNode backend(String natsUrl, String name) {
		return new TestNode(natsUrl, name, false, LoginPolicy.REPLACE);
	}

	static TestNode withLogins(NatsServer nats, String name, boolean gateway, LoginPolicy policy) {
		return new TestNode(nats.url(), name, gateway, policy);
	}

	/** Several NATS servers, of which a node prefers the first. */
	static TestNode at(String urls, String name, boolean gateway, Duration heartbeat) {
		return new TestNode(urls, name, gateway, LoginPolicy.REPLACE, MergedRoutes.NONE, heartbeat);
	}

	static TestNode merging(NatsServer nats, String name, boolean gateway, MergedRoutes merged) {
		return new TestNode(nats.url(), name, gateway, LoginPolicy.SEVERAL, merged);
	}

	TestNode validator(HandshakeValidator validator) {
		this.validators.add(validator);
		return this;
	}

	public TestNode lane(String route, RouteHandler handler) {
		this.routes.add(Route.of(route, handler));
		return this;
	}

	public TestNode loop(String route, RouteHandler handler) {
		this.routes.add(Route.of(route, handler).on(Threading.EVENT_LOOP));
		return this;
	}

	public TestNode strategy(RoutingStrategy other) {
		this.strategy = other;
		return this;
	}

	/** Serves a protocol on a port of its name, over TCP. */
	TestNode serve(Protocol protocol) {
		this.protocols.add(protocol);
		Listener any = this.listeners.get(0);
		ListenerSettings tcp = any.settings().withProtocols(List.of(protocol.name())).withTransports(true, false);
		this.listeners.add(new Listener(protocol.name(), any.address(), tcp, null, any.proxies(), 0, false));
		return this;
	}

	int port() {
		return this.server.port();
	}

	int port(String listener) {
		return this.server.port(listener);
	}

	/**
	 * Joins the cluster, and serves clients.
	 * @return this
	 */
	public TestNode start() {
		GameServerBuilder builder = GameServer.builder(this.payloads, this.lanes, this.sessions, this.timers)
			.routes(this.routes)
			.handshakeValidators(this.validators)
			.fallback(this.cluster::route)
			.gracePeriod(Duration.ofSeconds(2))
			.protocols(this.protocols)
			.listeners(this.listeners);
		this.server = (this.gateway ? builder : builder.listeners(List.of())).build();
		this.cluster.start(this.server, this.gateway);
		if (this.gateway) {
			this.cluster.awaitOthers();
		}
		this.server.start();
		return this;
	}

	public NanoClient client() {
		return client(Duration.ofSeconds(10));
	}

	/** Connects a client whose requests may wait for so long. */
	NanoClient client(Duration requestTimeout) {
		NanoClient client = NanoClient.builder("tcp://127.0.0.1:" + this.server.port())
			.requestTimeout(requestTimeout)
			.build();
		client.connect().block(Duration.ofSeconds(10));
		return client;
	}

	NanoClient client(String uid) {
		NanoClient client = clientOf(uid).build();
		client.connect().block(Duration.ofSeconds(10));
		return client;
	}

	/** A client whose handshake names its player. */
	NanoClientBuilder clientOf(String uid) {
		return NanoClient.builder("tcp://127.0.0.1:" + this.server.port()).user(Map.of("uid", uid));
	}

	/** The connection of the NATS client. */
	Connection connection() {
		return this.nats.connection();
	}

	/** Waits until NATS has received what this node has published. */
	public void flush() {
		try {
			this.nats.connection().flush(Duration.ofSeconds(5));
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.server.stop();
		this.cluster.close();
		this.workers.shutdownNow();
	}

}
