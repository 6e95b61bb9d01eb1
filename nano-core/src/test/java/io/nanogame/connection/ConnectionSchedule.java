package io.nanogame.connection;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.ManualExecutor;
import io.nanogame.lane.Timers;
import io.nanogame.memory.ManualTime;
import io.nanogame.memory.MemoryClient;
import io.nanogame.memory.MemoryTransport;
import io.nanogame.observe.ServerEvents;
import io.nanogame.plain.JsonProtocol;
import io.nanogame.pomelo.PomeloProtocol;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.route.Threading;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.server.TestServer;
import io.nanogame.session.Brackets;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.nanogame.test.RawClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients of both protocols and of two serializers that come and go, are kicked, refused
 * and late, in a random order of everything that the loop, the workers and the time do.
 */
final class ConnectionSchedule implements ServerEvents {

	private static final int STEPS = 200;

	/** Without that of the {@link ContinueSchedule}, whose connections share sessions. */
	private static final List<LoginPolicy> POLICIES = List.of(LoginPolicy.SEVERAL, LoginPolicy.REPLACE,
			LoginPolicy.REFUSE);

	private static final List<String> USERS = List.of("", "brackets", "brackets", "bind", "bind", "bind", "refuse",
			"fail", "kick", "join", "joinLate", "unknown");

	private static final List<String> ROUTES = List.of("loop.kick", "lane.kick", "loop.echo", "loop.echo", "loop.echo",
			"loop.echo", "lane.join", "lane.join", "lane.join", "lane.join");

	private static final List<String> PUSHED = List.of("[hi]", "\"hi\"");

	private final Random random;

	private final ManualExecutor workers = new ManualExecutor();

	private final ManualExecutor loop = new ManualExecutor();

	private final ManualTime time = new ManualTime(this.loop::runAll);

	private final Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private final Sessions sessions;

	private final GameServer server;

	private final Group lobby;

	private final MemoryTransport transport;

	private final List<Client> clients = new ArrayList<>();

	/** Sessions of all phases, of which several threads may know. */
	private final List<Session> known = new ArrayList<>();

	/** What was reported of each session. */
	private final Map<Session, String> reported = new HashMap<>();

	/** The addresses of connections that ended without a session. */
	private final List<Integer> ended = new ArrayList<>();

	private final Map<String, Long> reasons = new HashMap<>();

	ConnectionSchedule(long seed) {
		this.random = new Random(seed);
		LoginPolicy policy = POLICIES.get(this.random.nextInt(POLICIES.size()));
		this.sessions = new Sessions(this.payloads, this.workers, 0, new AtomicLong()::incrementAndGet, policy);
		Timers timers = new Timers(this.workers, Duration.ofMillis(1), this.time);
		this.lobby = new Groups(this.payloads, timers).create("lobby");
		TransportSettings settings = TestServer
			.settings((it) -> it.limits(new TransportLimits(8, 0, 0, 0, Map.of(), OnExcess.ANSWER)));
		Payloads text = Payloads.jsonText(this.payloads.serializer());
		this.server = GameServer.builder(this.payloads, new Lanes(this.workers, 1000), this.sessions, timers)
			.routes(List.of(Route.of("loop.kick", this::kick).on(Threading.EVENT_LOOP),
					Route.of("lane.kick", this::kick), Route.of("loop.echo", Request::body).on(Threading.EVENT_LOOP),
					Route.of("lane.join", this::join)))
			.settings(settings)
			.protocols(List.of(new JsonProtocol(settings.connection().packets(), text)))
			.serializers(List.of(new Brackets("brackets")))
			.handshakeValidators(this.random.nextInt(5) > 0 ? List.of(this::validate) : List.of())
			.events(List.of(this))
			.listeners(List.of())
			.build();
		this.transport = new MemoryTransport(this.server.transport(), this.loop, this.time);
	}

	private Object kick(Request request) {
		request.session().kick("enough");
		return "kicked";
	}

	private Object join(Request request) {
		if (!this.lobby.contains(request.session())) {
			this.lobby.add(request.session());
		}
		return "joined";
	}

	private void validate(Handshake handshake) {
		Session session = handshake.session();
		this.known.add(session);
		switch (handshake.request().user().path("does").asString("")) {
			case "brackets" -> handshake.serializer("brackets");
			case "bind" -> session.bind("ann");
			case "refuse" -> throw new HandshakeRefusedException("no");
			case "fail" -> throw new IllegalArgumentException("on purpose");
			case "kick" -> session.kick("in the handshake");
			case "join" -> this.lobby.add(session);
			case "joinLate" -> {
				handshake.serializer("brackets");
				this.lobby.add(session);
			}
			case "unknown" -> handshake.serializer("unknown");
			default -> session.push("onNews", "hi");
		}
	}

	// Events

	@Override
	public void sessionOpened(Session session) {
		assertThat(this.reported.put(session, "opened")).isNull();
		this.known.add(session);
		if (this.random.nextInt(20) == 0) {
			session.kick("at once");
		}
	}

	@Override
	public void sessionClosed(Session session, CloseReason reason) {
		assertThat(this.reported.put(session, "closed")).isEqualTo("opened");
		assertThat(reason).isSameAs(session.closeReason());
		this.reasons.merge(reason.code(), 1L, Long::sum);
	}

	@Override
	public void connectionEnded(SocketAddress address, String transportOfClient, CloseReason reason) {
		this.ended.add(((InetSocketAddress) address).getPort());
		this.reasons.merge(reason.code(), 1L, Long::sum);
	}

	// Steps

	void run() {
		for (int i = 0; i < STEPS; i++) {
			step();
		}
		if (this.random.nextBoolean()) {
			this.clients.forEach((client) -> client.end.close());
		}
		else {
			stop();
		}
		finish();
		// A sweep removes connections whose last message was handled after their end.
		this.time.advance(Duration.ofSeconds(10));
		finish();
		check();
	}

	private void step() {
		int choice = this.random.nextInt(20);
		if (choice < 8) {
			turn(this.loop);
		}
		else if (choice < 11) {
			turn(this.workers);
		}
		else if (choice == 11 || this.clients.isEmpty()) {
			this.clients.add(new Client(this.random.nextInt(3) == 0));
		}
		else if (choice < 17) {
			any(this.clients).act();
		}
		else if (choice == 17) {
			if (!this.known.isEmpty()) {
				Session session = any(this.known);
				session.close(this.random.nextBoolean() ? CloseReason.kick("gone") : CloseReason.CLOSED);
			}
		}
		else if (choice == 18) {
			this.lobby.broadcast("onNews", "hi");
			this.sessions.all().forEach((session) -> session.push("onNews", "hi"));
		}
		else if (this.random.nextInt(15) == 0) {
			this.time.advance(Duration.ofSeconds(this.random.nextInt(90)));
		}
	}

	private void turn(ManualExecutor executor) {
		if (executor.waiting() > 0) {
			executor.runNext();
		}
	}

	private <T> T any(List<T> some) {
		return some.get(this.random.nextInt(some.size()));
	}

	/** As the server does, without waiting. */
	private void stop() {
		Connections connections = this.server.transport().connections();
		connections.drain();
		for (int i = 0; i < this.random.nextInt(40); i++) {
			step();
		}
		connections.giveUp(0);
		for (int i = 0; i < this.random.nextInt(40); i++) {
			step();
		}
		connections.abort(0);
		this.clients.forEach((client) -> client.end.close());
	}

	private void finish() {
		while (this.workers.waiting() > 0 || this.loop.waiting() > 0) {
			this.workers.runAll();
			this.loop.runAll();
		}
	}

	private void check() {
		Traffic traffic = this.server.traffic();
		assertThat(this.reported.values()).as("sessions").allMatch("closed"::equals);
		assertThat(this.ended).as("connections without a session").doesNotHaveDuplicates();
		assertThat(this.reported.size() + this.ended.size()).as("ends").isEqualTo(this.clients.size());
		Map<String, Long> counted = new HashMap<>();
		CloseReason.codes().forEach((code) -> counted.put(code, traffic.closed(code)));
		counted.put(Traffic.OTHER, traffic.closed(Traffic.OTHER));
		counted.values().removeIf((count) -> count == 0);
		assertThat(counted).isEqualTo(this.reasons);
		assertThat(traffic.openConnections()).isZero();
		assertThat(this.server.transport().connections().count()).isZero();
		assertThat(this.sessions.count()).isZero();
		assertThat(this.lobby.count()).isZero();
		this.clients.forEach(Client::check);
	}

	/** Returns how often connections ended for a reason. */
	long ends(String code) {
		return this.reasons.getOrDefault(code, 0L);
	}

	int pushes() {
		return this.clients.stream().mapToInt((client) -> client.pushes).sum();
	}

	private final class Client implements MemoryClient.Receiver {

		private final boolean json;

		private final ByteBuf received = Unpooled.buffer();

		private final MemoryClient end;

		private String serializer = "none";

		private int actions;

		private int pushes;

		Client(boolean json) {
			this.json = json;
			this.end = ConnectionSchedule.this.transport.connect(json ? JsonProtocol.NAME : PomeloProtocol.NAME, this);
		}

		/** Mostly what is due: the handshake, its acknowledgement, then requests. */
		void act() {
			switch (ConnectionSchedule.this.random.nextInt(40)) {
				case 0 -> introduce();
				case 1 -> acknowledge();
				case 2 -> request();
				case 3 -> send(new byte[] { 9, 9, 9, 9 }, "nonsense");
				case 4 -> this.end.stopReading();
				case 5 -> this.end.resumeReading();
				case 6, 7 -> this.end.close();
				default -> proceed();
			}
		}

		private void proceed() {
			switch (this.actions++) {
				case 0 -> introduce();
				case 1 -> acknowledge();
				default -> request();
			}
		}

		private void acknowledge() {
			send(RawClient.packet(2, new byte[0]), "{}");
		}

		private void request() {
			request(any(ROUTES));
		}

		private void introduce() {
			String user = "{\"does\":\"" + any(USERS) + "\"}";
			send(RawClient.packet(1, bytes("{\"user\":" + user + "}")), "{\"handshake\":" + user + "}");
		}

		private void request(String route) {
			byte[] head = { 0, 1, (byte) route.length() };
			send(RawClient.packet(4, Unpooled.copiedBuffer(head, bytes(route), bytes("1")).array()),
					"{\"route\":\"" + route + "\",\"id\":1,\"body\":1}");
		}

		private void send(byte[] pomelo, String text) {
			this.end.send(this.json ? bytes(text) : pomelo);
		}

		@Override
		public void received(byte[] bytes) {
			this.received.writeBytes(bytes);
		}

		@Override
		public void closed() {
		}

		/** Each push is in the form that the reply to the handshake has named. */
		void check() {
			while (!this.json && this.received.readableBytes() >= 4) {
				int type = this.received.readByte();
				ByteBuf body = this.received.readSlice(this.received.readUnsignedMedium());
				if (type == 1 && this.serializer.equals("none")) {
					this.serializer = body.toString(StandardCharsets.UTF_8).contains("brackets") ? "[hi]" : "\"hi\"";
				}
				else if (type == 4 && body.readByte() == 6) {
					body.skipBytes(body.readUnsignedByte());
					String push = body.toString(StandardCharsets.UTF_8);
					assertThat(PUSHED).contains(push);
					assertThat(push).isEqualTo(this.serializer);
					this.pushes++;
				}
			}
		}

		private byte[] bytes(String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}

	}

}
