package io.nanogame.client;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import io.nanogame.connection.TransportSettings;
import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.net.Listener;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.route.Route;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.Serializer;
import io.nanogame.server.GameServer;
import io.nanogame.server.GameServerBuilder;
import io.nanogame.session.Sessions;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server on the loopback interface that can be stopped and restarted at the same port.
 */
final class Game implements AutoCloseable {

	record Text(String text) {
	}

	private final ExecutorService workers = Executors.newFixedThreadPool(4);

	private final Lanes lanes = new Lanes(this.workers, 100_000);

	private final Timers timers = new Timers(this.lanes.named("timer"), Duration.ofMillis(1));

	private final Payloads payloads;

	private final List<Consumer<GameServerBuilder>> customizers = new ArrayList<>();

	/** Opened to complete {@code test.wait}. */
	final CountDownLatch gate = new CountDownLatch(1);

	final List<String> notified = new CopyOnWriteArrayList<>();

	Sessions sessions;

	Group lobby;

	GameServer server;

	private int port;

	Game() {
		this(new JsonSerializer(JsonMapper.shared()));
	}

	Game(Serializer serializer) {
		this.payloads = new Payloads(serializer);
		start();
	}

	Game(Consumer<GameServerBuilder> customizer) {
		this.payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));
		this.customizers.add(customizer);
		start();
	}

	/** Creates a server with a heartbeat interval that is longer than a test. */
	static Game withDictionary(RouteDictionary dictionary) {
		return new Game((builder) -> builder.dictionary(dictionary).settings(TransportSettings.defaults()));
	}

	private TransportSettings settings() {
		return TransportSettings.builder().heartbeat(Duration.ofSeconds(1)).maxInflatedLength(256 * 1024).build();
	}

	/** Starts as a new process would: no state but the port is kept. */
	void start() {
		this.sessions = new Sessions(this.payloads, this.workers);
		this.lobby = new Groups(this.payloads, this.timers).create("lobby");
		GameServerBuilder builder = GameServer.builder(this.payloads, this.lanes, this.sessions, this.timers)
			.routes(routes())
			.settings(settings())
			.gracePeriod(Duration.ofSeconds(1))
			.listeners(List.of(Listener.at(new InetSocketAddress("127.0.0.1", this.port))));
		this.customizers.forEach((customizer) -> customizer.accept(builder));
		this.server = builder.build();
		this.server.start();
		this.port = this.server.port();
	}

	/** Aborts all connections without a kick or a close frame. */
	void crash() {
		this.server.transport().connections().abort(System.nanoTime() + Duration.ofSeconds(5).toNanos());
		this.server.stop();
	}

	private List<Route> routes() {
		return List.of(Route.of("test.echo", Request::body), Route.of("test.join", this::join),
				Route.of("test.wait", this::await), Route.of("test.notify", this::notified),
				Route.of("test.fail", Game::fail), Route.of("test.kick", Game::kick),
				Route.of("test.long", Game::longResponse));
	}

	private Object join(Request request) {
		this.lobby.add(request.session());
		return request.body();
	}

	private Object await(Request request) throws InterruptedException {
		this.gate.await();
		return request.body();
	}

	private Object notified(Request request) {
		this.notified.add(new String(request.body(), StandardCharsets.UTF_8));
		return request.body();
	}

	private static Object fail(Request request) {
		throw new RequestException(403, "not today");
	}

	/** Replies with as many characters as the request asks for. */
	private static Object longResponse(Request request) {
		return new Text("x".repeat(Integer.parseInt(new String(request.body(), StandardCharsets.UTF_8))));
	}

	private static Object kick(Request request) {
		request.session().kick("enough");
		return request.body();
	}

	NanoClientBuilder tcp() {
		return NanoClient.builder("tcp://127.0.0.1:" + this.port);
	}

	NanoClientBuilder webSocket() {
		return NanoClient.builder("ws://127.0.0.1:%d/nano".formatted(this.port));
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.gate.countDown();
		this.server.stop();
		this.workers.shutdownNow();
	}

}
