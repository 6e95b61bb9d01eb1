package io.nanogame.net;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.connection.CompressionSettings;
import io.nanogame.connection.CompressionSettings.Method;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.Protocols;
import io.nanogame.connection.Traffic;
import io.nanogame.connection.TransportSettings;
import io.nanogame.dispatch.UnknownRoute;
import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.ManualExecutor;
import io.nanogame.lane.Timers;
import io.nanogame.lengthid.LengthIdProtocol;
import io.nanogame.lengthid.MessageIds;
import io.nanogame.pipeline.Interceptor;
import io.nanogame.plain.JsonProtocol;
import io.nanogame.plain.RawProtocol;
import io.nanogame.pomelo.PomeloProtocol;
import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.route.Route;
import io.nanogame.route.Route.Bodies;
import io.nanogame.route.RouteHandler;
import io.nanogame.route.Threading;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole server without a network and without threads: its clients' channels are in
 * memory, and handlers run when the client that has them run says so. The same input does
 * the same thing each time.
 */
final class FuzzedServer {

	static final RouteDictionary DICTIONARY = RouteDictionary
		.of(Map.of("test.echo", 1, "test.fast", 2, "test.later", 3, "test.push", 4, "onPush", 5));

	static final int MAX_PACKET_LENGTH = 2000;

	/** The ids in the protocol length-id. */
	static final Map<String, Long> IDS = Map.of("test.echo", 1L, "test.fast", 2L, "test.later", 3L, "test.deferred", 4L,
			"test.refuse", 5L, "test.push", 6L, "test.join", 7L, "test.kick", 8L, "onPush", 9L, "onOther", 10L);

	static final int ERROR_ID = 11;

	private static final Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private static final Timers timers = new Timers(Runnable::run, Duration.ofMillis(1));

	private static final LoggedProblems problems = LoggedProblems.listen();

	/** Small, so that the limits are met often. */
	private static final TransportSettings settings = TransportSettings.builder()
		.maxPacketLength(MAX_PACKET_LENGTH)
		.maxInflatedLength(4000)
		.compression(new CompressionSettings(Set.of(Method.PERMESSAGE_DEFLATE), 16))
		.maxBacklog(4)
		.highWaterMark(64 * 1024)
		.build();

	final ManualExecutor workers = new ManualExecutor();

	final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

	/** The ids of the requests that arrived. */
	private final List<Long> asked = new ArrayList<>();

	private final Group everybody = new Groups(payloads, new Timers(this.workers, Duration.ofMillis(1)))
		.create("everybody");

	private final Sessions sessions = new Sessions(payloads, this.workers);

	private final GameServer server;

	FuzzedServer(HandshakeValidator... validators) {
		problems.take(); // of other tests
		List<Route> routes = List.of(worker("test.echo", Request::body), loop("test.fast", Request::body),
				loop("test.later", this::later), worker("test.deferred", this::deferred),
				worker("test.refuse", FuzzedServer::refuse), worker("raw.message", FuzzedServer::raw),
				worker("test.push", FuzzedServer::push), worker("test.join", this::join),
				worker("test.close", FuzzedServer::close), loop("test.kick", FuzzedServer::kick),
				worker("test.typed", Request::payload)
					.with(Bodies.prepared(payloads, (it) -> new Bodies(it.reader(Player.class), null))));
		this.server = GameServer.builder(payloads, new Lanes(this.workers, 100), this.sessions, timers)
			.routes(routes)
			.interceptors(List.of((Interceptor) this::note))
			.fallback(new NotingFallback())
			.handshakeValidators(List.of(validators))
			.dictionary(DICTIONARY)
			.settings(settings)
			.protocols(
					List.of(new JsonProtocol(settings.connection().packets(), Payloads.jsonText(payloads.serializer())),
							new RawProtocol(settings.connection().packets(), payloads, Map.of()), lengthId(routes)))
			.listeners(List.of(Listener.at(new InetSocketAddress(0))))
			.build();
	}

	private static LengthIdProtocol lengthId(List<Route> routes) {
		LengthIdFormat format = LengthIdFormat.defaults();
		return new LengthIdProtocol(format, new MessageIds("ids", format, IDS, (long) ERROR_ID, routes),
				settings.connection().packets());
	}

	private static Route worker(String name, RouteHandler handler) {
		return Route.of(name, handler);
	}

	private static Route loop(String name, RouteHandler handler) {
		return Route.of(name, handler).on(Threading.EVENT_LOOP);
	}

	private CompletionStage<byte[]> later(Request request) {
		CompletableFuture<byte[]> later = new CompletableFuture<>();
		this.workers.execute(() -> later.complete(request.body()));
		return later;
	}

	private @Nullable Object deferred(Request request) {
		request.defer();
		this.workers.execute(() -> request.reply("\"deferred\""));
		return null;
	}

	private static Object refuse(Request request) {
		throw new RequestException(403, "not you");
	}

	private static @Nullable Object raw(Request request) {
		String text = new String(request.body(), StandardCharsets.UTF_8);
		return switch (text) {
			case "fail" -> refuse(request);
			case "close" -> close(request);
			case "push" -> push(request);
			default -> request.isText() ? text : request.body();
		};
	}

	private static @Nullable Object push(Request request) {
		request.session().push("onPush", request.body());
		request.session().push("onOther", request.body());
		return null;
	}

	private @Nullable Object join(Request request) {
		if (!this.everybody.contains(request.session())) {
			this.everybody.add(request.session());
		}
		this.everybody.broadcast("onPush", "{}");
		return null;
	}

	private static Object close(Request request) {
		request.session().close();
		return "late";
	}

	private static Object kick(Request request) {
		request.session().kick("out");
		return "late";
	}

	private CompletionStage<@Nullable Object> note(Request request, Interceptor.Next next) {
		if (request.expectsReply()) {
			this.asked.add(request.id());
		}
		return next.proceed(request);
	}

	/** A client that has just connected. */
	FuzzedClient connect() {
		return connect(List.of(PomeloProtocol.NAME));
	}

	/** A client of a port that serves some protocols. */
	FuzzedClient connect(List<String> protocols) {
		Protocol protocol = this.server.transport().protocols().choose(Listener.DEFAULT_NAME, protocols);
		Listener listener = Listener.at(new InetSocketAddress(0));
		boolean both = protocol.isDetectable() || Protocols.needsMessages(protocol);
		Listener used = SuitableTransports.of(
				both ? listener
						: listener.with(listener.settings().withProtocols(protocols).withTransports(true, false)),
				protocol);
		return new FuzzedClient(this, (channel) -> {
			NettyWire wire = this.server.loops().wire(channel, protocol);
			channel.pipeline().addLast("nano.firstBytes", new FirstBytes(used, wire, null)).addLast("nano.wire", wire);
		});
	}

	/**
	 * Shows that its only client did no harm, and can leave without a trace.
	 * @param client who has sent what it had to
	 * @param patient whether it waits for its answers before it leaves
	 */
	void survives(FuzzedClient client, boolean patient) {
		if (patient) {
			client.settle();
		}
		else {
			client.hangUp();
		}
		client.isAnswered();
		serves();
		client.hangUp();
		isEmpty(2);
	}

	/** Shows that another client, who behaves, is served. */
	void serves() {
		FuzzedClient other = connect();
		other.send(FuzzedInputs.packet(PacketType.HANDSHAKE, new byte[0]), new byte[] { 2, 0, 0, 0 },
				FuzzedInputs.request(77, "test.echo", "\"still here\""));
		other.settle();
		List<Message> messages = other.output().messages;
		assertThat(messages).hasSize(1);
		assertThat(messages.get(0).id()).isEqualTo(77);
		assertThat(new String(messages.get(0).body(), StandardCharsets.UTF_8)).isEqualTo("\"still here\"");
		other.hangUp();
	}

	/** The ids of all requests that arrived, sorted. */
	List<Long> asked() {
		return this.asked.stream().sorted().toList();
	}

	Traffic traffic() {
		return this.server.traffic();
	}

	/**
	 * Shows that everybody has left and left nothing behind.
	 * @param clients how many there were
	 */
	void isEmpty(int clients) {
		assertThat(this.workers.waiting()).as("tasks").isZero();
		assertThat(this.sessions.count()).as("sessions").isZero();
		assertThat(this.everybody.count()).as("members").isZero();
		assertThat(this.allocator.metric().usedHeapMemory()).as("bytes not released").isZero();
		assertThat(this.allocator.metric().usedDirectMemory()).as("direct bytes not released").isZero();
		assertThat(traffic().openConnections()).as("open connections").isZero();
		assertThat(traffic().closed(CloseReason.SERVER_ERROR.code())).as("errors of the server").isZero();
		long endings = CloseReason.codes().stream().mapToLong(traffic()::closed).sum();
		assertThat(endings + traffic().closed(Traffic.OTHER)).as("endings").isEqualTo(clients);
		assertThat(problems.take()).as("problems in the log").isEmpty();
	}

	/** What a typed route takes. */
	record Player(String name, int age, List<Double> scores) {
	}

	private final class NotingFallback implements MessageReceiver {

		private final MessageReceiver unknown = new UnknownRoute();

		@Override
		public void receive(Session session, Message message, Map<String, String> headers, long receivedNanos,
				long deadlineNanos) {
			if (message.type() == MessageType.REQUEST && message.id() != 0) {
				FuzzedServer.this.asked.add(message.id());
			}
			this.unknown.receive(session, message, headers, receivedNanos, deadlineNanos);
		}

	}

}
