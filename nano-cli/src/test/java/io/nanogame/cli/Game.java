package io.nanogame.cli;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.TransportSettings;
import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.lengthid.LengthIdProtocol;
import io.nanogame.lengthid.MessageIds;
import io.nanogame.net.Listener;
import io.nanogame.net.ListenerSettings;
import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.route.Route;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import reactor.netty.DisposableServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server on the loopback interface that can be stopped and restarted at the same port.
 * Its routes: {@code room.join} joins the lobby and replies {@code {"code":0}},
 * {@code room.chat} broadcasts {@code onChat} to the lobby, {@code test.echo} replies
 * with its payload, {@code test.fail} fails with 403, {@code test.wait} replies when
 * {@link #gate} opens. Clients use the protocol of pomelo, or {@code length-id} with the
 * ids {@link #IDS} and {@link #ERROR_ID}.
 */
public final class Game implements AutoCloseable {

	/** The ids in the protocol length-id. */
	public static final Map<String, Long> IDS = Map.of("room.join", 1L, "room.chat", 2L, "test.echo", 3L, "test.fail",
			4L, "test.wait", 5L, "onChat", 6L);

	public static final long ERROR_ID = 100;

	private final String protocol;

	private final ExecutorService workers = Executors.newCachedThreadPool();

	private final Lanes lanes = new Lanes(this.workers, 100_000);

	private final Timers timers = new Timers(this.lanes.named("timer"), Duration.ofMillis(1));

	private final Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));

	public final CountDownLatch gate = new CountDownLatch(1);

	private volatile Group lobby;

	/** Sessions with a {@code test.wait} that has begun. */
	private volatile Set<Session> waiting;

	/** The open port; completed shortly after the server has started. */
	private CompletableFuture<DisposableServer> listening;

	private GameServer server;

	private int port;

	public Game() {
		this("pomelo");
	}

	private Game(String protocol) {
		this.protocol = protocol;
		start();
	}

	public static Game withLengthId() {
		return new Game("length-id");
	}

	/** Starts as a new process would: no state but the port is kept. */
	public void start() {
		Sessions sessions = new Sessions(this.payloads, this.workers);
		this.lobby = new Groups(this.payloads, this.timers).create("lobby");
		this.waiting = ConcurrentHashMap.newKeySet();
		CompletableFuture<DisposableServer> bound = new CompletableFuture<>();
		this.listening = bound;
		List<Route> routes = List.of(Route.of("room.join", this::join), Route.of("room.chat", this::chat),
				Route.of("test.echo", Request::body), Route.of("test.fail", Game::fail),
				Route.of("test.wait", this::await));
		this.server = GameServer.builder(this.payloads, this.lanes, sessions, this.timers)
			.routes(routes)
			.protocols(List.of(lengthId(routes)))
			.dictionary(RouteDictionary.of(Map.of("room.join", 1, "test.echo", 2, "onChat", 3)))
			.settings(TransportSettings.builder()
				.heartbeat(Duration.ofSeconds(5))
				.requestTimeout(Duration.ofSeconds(60))
				.maxInflatedLength(256 * 1024)
				.build())
			.gracePeriod(Duration.ofMillis(500))
			.serverCustomizers(List.of((tcp) -> tcp.doOnBound(bound::complete)))
			.listeners(List.of(listener()))
			.build();
		this.server.start();
		this.port = this.server.port();
	}

	private static LengthIdProtocol lengthId(List<Route> routes) {
		LengthIdFormat format = LengthIdFormat.defaults();
		return new LengthIdProtocol(format, new MessageIds("ids", format, IDS, ERROR_ID, routes),
				PacketLimits.defaults());
	}

	private Listener listener() {
		boolean detected = this.protocol.equals("pomelo");
		return Listener.at(new InetSocketAddress("127.0.0.1", this.port))
			.with(ListenerSettings.defaults().withProtocols(List.of(this.protocol)).withTransports(true, detected));
	}

	/**
	 * Aborts all connections without a kick or a close frame, including those of clients
	 * that reconnect at once.
	 */
	public void crash() {
		this.listening.join().disposeNow();
		this.server.transport().connections().abort(System.nanoTime() + Duration.ofSeconds(5).toNanos());
		this.server.stop();
	}

	/** Stops gracefully. */
	public void stop() {
		this.server.stop();
	}

	private Object join(Request request) {
		this.lobby.add(request.session());
		return Map.of("code", 0);
	}

	private Object chat(Request request) {
		this.lobby.broadcast("onChat", request.body());
		return Map.of();
	}

	private Object await(Request request) throws InterruptedException {
		this.waiting.add(request.session());
		this.gate.await();
		return request.body();
	}

	private static Object fail(Request request) {
		throw new RequestException(403, "not today");
	}

	public String address() {
		return "127.0.0.1:" + this.port;
	}

	/** Returns the number of sessions that have called {@code test.wait}. */
	public int waiting() {
		return this.waiting.size();
	}

	@Override
	public void close() {
		this.gate.countDown();
		this.server.stop();
		this.workers.shutdownNow();
	}

}
