package io.nanogame.spring.web;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.nanogame.connection.CompressionSettings;
import io.nanogame.connection.CompressionSettings.Method;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.TransportLimits;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.connection.TransportSettings;
import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.net.Listener;
import io.nanogame.net.ListenerSettings;
import io.nanogame.net.OriginPolicy;
import io.nanogame.net.UpgradeSettings;
import io.nanogame.observe.ServerEvents;
import io.nanogame.plain.JsonProtocol;
import io.nanogame.plain.RawProtocol;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.route.Route;
import io.nanogame.route.Threading;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real game server with the routes that the tests of both web adapters need.
 */
public final class WebGame implements AutoCloseable {

	public static final String LISTED_ORIGIN = "https://game.example";

	/** What clients may speak, by any way into the game. */
	public static final List<String> PROTOCOLS = List.of("pomelo", "json");

	private static final Listener LOOPBACK = Listener.at(new InetSocketAddress("127.0.0.1", 0));

	private static final Duration GRACE_PERIOD = Duration.ofSeconds(2);

	public final Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));

	public final ExecutorService workers;

	public final Lanes lanes;

	public final Sessions sessions;

	public final Timers timers;

	public final Group lobby;

	/** Completes {@code test.wait}. */
	public final CountDownLatch gate = new CountDownLatch(1);

	/** What the server has reported of sessions and connections. */
	public final List<String> events = new CopyOnWriteArrayList<>();

	public final GameServer server;

	public WebGame() {
		this(6, Duration.ofSeconds(30), Duration.ofSeconds(10), 256, 0, GRACE_PERIOD);
	}

	private WebGame(int threads, Duration heartbeat, Duration handshakeTimeout, int maxBacklog, int maxConnections,
			Duration gracePeriod) {
		this(threads, heartbeat, handshakeTimeout, maxBacklog, maxConnections, gracePeriod, List.of());
	}

	private WebGame(int threads, Duration heartbeat, Duration handshakeTimeout, int maxBacklog, int maxConnections,
			Duration gracePeriod, List<HandshakeValidator> validators) {
		this.workers = Executors.newFixedThreadPool(threads);
		this.lanes = new Lanes(this.workers, 100_000);
		this.sessions = new Sessions(this.payloads, this.workers);
		this.timers = new Timers(this.lanes.named("timer"), Duration.ofMillis(5));
		this.lobby = new Groups(this.payloads, this.timers).create("lobby");
		this.server = GameServer.builder(this.payloads, this.lanes, this.sessions, this.timers)
			.routes(routes())
			.protocols(List.of(new JsonProtocol(PacketLimits.defaults(), Payloads.jsonText(this.payloads.serializer())),
					new RawProtocol(PacketLimits.defaults(), this.payloads, Map.of())))
			.settings(TransportSettings.builder()
				.heartbeat(heartbeat)
				.handshakeTimeout(handshakeTimeout)
				.maxInflatedLength(256 * 1024)
				.maxBacklog(maxBacklog)
				.highWaterMark(256 * 1024)
				.limits(new TransportLimits(maxConnections, 0, 0, 0, Map.of(), OnExcess.ANSWER))
				.keepsQuery(true)
				.compression(new CompressionSettings(Set.of(Method.PERMESSAGE_DEFLATE), 100))
				.build())
			.gracePeriod(gracePeriod)
			.handshakeValidators(validators)
			.events(List.of(new Events()))
			.listeners(List.of(LOOPBACK.with(clients(PROTOCOLS, "")),
					LOOPBACK.named(RawProtocol.NAME).with(clients(List.of(RawProtocol.NAME), ""))))
			.build();
		this.server.start();
	}

	public static WebGame withHandshakeTimeout(Duration timeout) {
		return new WebGame(6, Duration.ofSeconds(30), timeout, 256, 0, GRACE_PERIOD);
	}

	public static WebGame withValidator(HandshakeValidator validator) {
		return new WebGame(6, Duration.ofSeconds(30), Duration.ofSeconds(10), 256, 0, GRACE_PERIOD, List.of(validator));
	}

	public static WebGame withHeartbeat(Duration heartbeat) {
		return new WebGame(6, heartbeat, Duration.ofSeconds(10), 256, 0, GRACE_PERIOD);
	}

	public static WebGame withMaxBacklog(int messages) {
		return new WebGame(6, Duration.ofSeconds(30), Duration.ofSeconds(10), messages, 0, GRACE_PERIOD);
	}

	public static WebGame withMaxConnections(int clients) {
		return new WebGame(6, Duration.ofSeconds(30), Duration.ofSeconds(10), 256, clients, GRACE_PERIOD);
	}

	public static WebGame withGracePeriod(Duration period) {
		return new WebGame(6, Duration.ofSeconds(30), Duration.ofSeconds(10), 256, 0, period);
	}

	public static WebGame withThreads(int threads) {
		return new WebGame(threads, Duration.ofSeconds(30), Duration.ofSeconds(10), 256, 0, GRACE_PERIOD);
	}

	private List<Route> routes() {
		return List.of(Route.of("test.echo", Request::body),
				Route.of("test.fastEcho", Request::body).on(Threading.EVENT_LOOP),
				Route.of("test.push", WebGame::pushBack), Route.of("test.kick", WebGame::kick),
				Route.of("test.close", WebGame::close), Route.of("test.whoAmI", WebGame::describe),
				Route.of("test.join", this::join), Route.of(RawProtocol.DEFAULT_ROUTE, WebGame::raw),
				Route.of("test.wait", this::await));
	}

	private static Object pushBack(Request request) {
		request.session().push("onPush", request.body());
		return Map.of("pushed", true);
	}

	private static Object raw(Request request) {
		String text = new String(request.body(), StandardCharsets.UTF_8);
		if (text.equals("fail")) {
			throw new RequestException(418, "a teapot");
		}
		return request.isText() ? text : request.body();
	}

	private static Object kick(Request request) {
		request.session().kick(new String(request.body(), StandardCharsets.UTF_8));
		return Map.of();
	}

	private static Object close(Request request) {
		request.session().close();
		return Map.of();
	}

	private static Object describe(Request request) {
		Principal principal = request.session().principal();
		return Map.of("principal", (principal != null) ? principal.getName() : "nobody", "transport",
				request.session().transport(), "query", request.session().queryParameters(), "address",
				((InetSocketAddress) request.session().remoteAddress()).getAddress().getHostAddress());
	}

	private Object join(Request request) {
		this.lobby.add(request.session());
		return Map.of();
	}

	private Object await(Request request) throws InterruptedException {
		this.gate.await();
		return request.body();
	}

	/** Returns the settings of clients at the path of a web app. */
	public static ListenerSettings clients(List<String> protocols) {
		return clients(protocols, "/nano");
	}

	private static ListenerSettings clients(List<String> protocols, String path) {
		return ListenerSettings.defaults()
			.withProtocols(protocols)
			.with(new UpgradeSettings(path, new OriginPolicy(List.of(LISTED_ORIGIN)), List.of(), 8192, 8192));
	}

	@Override
	public void close() {
		this.gate.countDown();
		this.server.stop();
		this.workers.shutdownNow();
	}

	private final class Events implements ServerEvents {

		@Override
		public void sessionOpened(Session session) {
			WebGame.this.events.add("opened " + session.transport());
		}

		@Override
		public void sessionClosed(Session session, CloseReason reason) {
			WebGame.this.events.add("closed " + reason.code());
		}

		@Override
		public void connectionEnded(SocketAddress address, String transport, CloseReason reason) {
			WebGame.this.events.add("ended " + transport + " " + reason.code());
		}

	}

}
