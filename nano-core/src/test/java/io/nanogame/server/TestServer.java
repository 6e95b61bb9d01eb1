package io.nanogame.server;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.nanogame.connection.TransportSettings;
import io.nanogame.connection.TransportSettingsBuilder;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.lengthid.LengthIdProtocol;
import io.nanogame.lengthid.MessageIds;
import io.nanogame.memory.ManualTime;
import io.nanogame.net.Listener;
import io.nanogame.net.ListenerSettings;
import io.nanogame.plain.JsonProtocol;
import io.nanogame.plain.RawProtocol;
import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.route.RouteHandler;
import io.nanogame.route.Threading;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Sessions;
import io.nanogame.test.RawClient;
import io.nanogame.time.TimeSource;
import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/**
 * A real server on a free port of the loopback, with a few routes that most tests need:
 * {@code test.echo} (on a lane), {@code test.fastEcho} (on the event loop).
 */
public class TestServer implements AutoCloseable {

	public final Payloads payloads;

	public final Executor workers;

	public final Lanes lanes;

	public final Sessions sessions;

	public final Timers timers;

	public final Groups groups;

	private final TimeSource time;

	private final List<Route> routes = new ArrayList<>();

	private final List<Consumer<GameServerBuilder>> customizers = new ArrayList<>();

	private TransportSettings settings = settings((it) -> it);

	private Listener listener = Listener.at(new InetSocketAddress("127.0.0.1", 0));

	private final List<Listener> others = new ArrayList<>();

	private boolean secure;

	private String rawRoute = RawProtocol.DEFAULT_ROUTE;

	private GameServer server;

	public TestServer() {
		this(0, LoginPolicy.SEVERAL);
	}

	/**
	 * Creates a server with a login policy.
	 * @param maxAttributes the limit of each session
	 * @param policy the login policy
	 */
	public TestServer(int maxAttributes, LoginPolicy policy) {
		this(TimeSource.passing(Duration.ofMillis(1)), maxAttributes, policy);
	}

	/**
	 * Creates a server on sockets whose time stands still until the test
	 * {@link #advance(Duration) advances} it. Only its event loops sweep in real time.
	 * @return a new server
	 */
	public static TestServer inStillTime() {
		return new TestServer(new ManualTime(() -> {
		}), 0, LoginPolicy.SEVERAL);
	}

	private TestServer(TimeSource time, int maxAttributes, LoginPolicy policy) {
		this(Executors.newFixedThreadPool(8), time, maxAttributes, policy);
	}

	TestServer(Executor workers, TimeSource time, int maxAttributes, LoginPolicy policy) {
		this(workers, time, maxAttributes, policy, Payloads.DEFAULT_MAX_LENGTH);
	}

	/** Creates a server whose payloads may be longer than a packet of pomelo. */
	static TestServer withLongPayloads(int maxLength) {
		return new TestServer(Executors.newFixedThreadPool(8), TimeSource.passing(Duration.ofMillis(1)), 0,
				LoginPolicy.SEVERAL, maxLength);
	}

	private TestServer(Executor workers, TimeSource time, int maxAttributes, LoginPolicy policy, int maxLength) {
		this.payloads = new Payloads(new JsonSerializer(JsonMapper.shared()), maxLength);
		this.workers = workers;
		this.time = time;
		this.lanes = new Lanes(workers, 100_000);
		this.sessions = new Sessions(this.payloads, workers, maxAttributes, new AtomicLong()::incrementAndGet, policy);
		this.timers = new Timers(this.lanes.named("timer"), Duration.ofMillis(1), time);
		this.groups = new Groups(this.payloads, this.timers);
		lane("test.echo", Request::body);
		loop("test.fastEcho", Request::body);
	}

	/**
	 * Returns settings with short time-outs and small limits.
	 * @param change a customizer, applied last
	 * @return settings for tests
	 */
	public static TransportSettings settings(UnaryOperator<TransportSettingsBuilder> change) {
		return change.apply(TransportSettings.builder().maxInflatedLength(256 * 1024)).build();
	}

	public TestServer settings(TransportSettings other) {
		this.settings = other;
		return this;
	}

	public TestServer lane(String name, RouteHandler handler) {
		return route(Route.of(name, handler));
	}

	public TestServer loop(String name, RouteHandler handler) {
		return route(Route.of(name, handler).on(Threading.EVENT_LOOP));
	}

	public TestServer route(Route route) {
		this.routes.add(route);
		return this;
	}

	public TestServer listener(UnaryOperator<Listener> change) {
		this.listener = change.apply(this.listener);
		return this;
	}

	/** Listens on another port, too. */
	public TestServer beside(Listener other) {
		this.others.add(other);
		return this;
	}

	/**
	 * Adds the protocol length-id with the default header.
	 * @param ids the ids of handlers and pushes, by route
	 * @param errorId the id of errors, or null
	 * @return this
	 */
	public TestServer lengthId(Map<String, Long> ids, Long errorId) {
		return lengthId(LengthIdFormat.defaults(), ids, errorId);
	}

	public TestServer lengthId(LengthIdFormat format, Map<String, Long> ids, Long errorId) {
		return with((builder) -> {
			MessageIds all = new MessageIds("test.ids", format, ids, errorId, this.routes);
			builder.protocols(List.of(new LengthIdProtocol(format, all, this.settings.connection().packets())));
		});
	}

	/** Creates a server on a port that another server has released. */
	TestServer on(int port) {
		return listener((it) -> new Listener(it.name(), new InetSocketAddress("127.0.0.1", port), it.settings(),
				it.tls(), it.proxies(), it.maxConnections(), it.allowUnauthenticated()));
	}

	public TestServer dictionary(RouteDictionary dictionary) {
		return with((builder) -> builder.dictionary(dictionary));
	}

	/**
	 * Sets the route of the messages of raw WebSockets.
	 * @param route the route
	 * @return this
	 */
	public TestServer rawRoute(String route) {
		this.rawRoute = route;
		return this;
	}

	/**
	 * Serves raw WebSockets, and echoes their messages.
	 * @return this
	 */
	public TestServer rawEcho() {
		return listener((it) -> it.with(ListenerSettings.defaults().withProtocols(List.of(RawProtocol.NAME)))).loop(
				RawProtocol.DEFAULT_ROUTE,
				(request) -> request.isText() ? new String(request.body(), StandardCharsets.UTF_8) : request.body());
	}

	private RawProtocol rawProtocol() {
		return new RawProtocol(this.settings.connection().packets(), this.payloads,
				Map.of(this.listener.name(), this.rawRoute));
	}

	public TestServer with(Consumer<GameServerBuilder> customizer) {
		this.customizers.add(customizer);
		return this;
	}

	public TestServer start() {
		GameServerBuilder builder = GameServer.builder(this.payloads, this.lanes, this.sessions, this.timers)
			.routes(this.routes)
			.settings(this.settings)
			.gracePeriod(Duration.ofSeconds(2))
			.listeners(Stream.concat(Stream.of(this.listener), this.others.stream()).toList());
		if (this.listener.settings().protocols().contains(JsonProtocol.NAME)) {
			Payloads text = Payloads.jsonText(this.payloads.serializer());
			builder.protocols(List.of(new JsonProtocol(this.settings.connection().packets(), text)));
		}
		if (this.listener.settings().protocols().contains(RawProtocol.NAME)) {
			builder.protocols(List.of(rawProtocol()));
		}
		this.customizers.forEach((customizer) -> customizer.accept(builder));
		this.server = builder.build();
		this.server.start();
		return this;
	}

	public GameServer server() {
		return this.server;
	}

	public int port() {
		return this.server.port();
	}

	/**
	 * Enables TLS beside plain text. Further clients of this object use TLS.
	 * @return this
	 */
	public TestServer secure() {
		this.secure = true;
		return Line.open(this);
	}

	/**
	 * Connects a client over any transport.
	 * @return a client before its handshake
	 */
	public RawClient connect() {
		return tcp();
	}

	/**
	 * Connects a client over a transport.
	 * @param transport {@code tcp} or {@code websocket}
	 * @return a client before its handshake
	 */
	public RawClient connect(String transport) {
		return transport.equals("tcp") ? tcp() : webSocket();
	}

	public RawClient tcp() {
		return (this.secure ? Line.TLS : Line.TCP).connect(port());
	}

	public RawClient webSocket() {
		return (this.secure ? Line.TLS_WEBSOCKET : Line.WEBSOCKET).connect(port());
	}

	/**
	 * Connects a client with small system buffers, which can read slowly.
	 * @return a connected client
	 */
	public RawClient tcpWithSmallBuffer() {
		return (this.secure ? Line.TLS : Line.TCP).connectWithSmallBuffer(port());
	}

	/**
	 * Advances the time, which must be manual.
	 * @param duration the duration
	 */
	public void advance(Duration duration) {
		((ManualTime) this.time).advance(duration);
	}

	/**
	 * Advances the time second by second until the loops have noticed that a time-out has
	 * passed.
	 * @param condition the expected effect
	 */
	public void advanceUntil(BooleanSupplier condition) {
		await().until(() -> {
			if (condition.getAsBoolean()) {
				return true;
			}
			advance(Duration.ofSeconds(1));
			return false;
		});
	}

	/**
	 * Checks that the server still serves a new client.
	 */
	public void serves() {
		try (RawClient client = connect().handshake()) {
			client.request(1, "test.echo", "{\"still\":\"here\"}");
			String answer = client.readResponse(1);
			if (!answer.equals("{\"still\":\"here\"}")) {
				throw new AssertionError(answer);
			}
		}
	}

	public static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		if (this.server != null) {
			this.server.stop();
		}
		if (this.workers instanceof ExecutorService threads) {
			threads.shutdownNow();
		}
	}

}
