package io.nanogame.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.ManualExecutor;
import io.nanogame.lane.Timers;
import io.nanogame.memory.ManualTime;
import io.nanogame.memory.MemoryTransport;
import io.nanogame.plain.JsonProtocol;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.resume.ResumeSettings;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.route.Threading;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.server.TestServer;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.session.Sessions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients whose connections are cut at any byte, and that resume their sessions on two
 * loops, in a random order of everything that the loops, the workers and the time do.
 * Each message is received once and in order, or the session is lost.
 */
final class ResumeSchedule {

	static final Duration WINDOW = Duration.ofSeconds(30);

	private static final int STEPS = 300;

	private static final int CLIENTS = 3;

	private static final List<ResumeDialect> DIALECTS = List.of(new PomeloDialect(), new JsonDialect());

	final Random random;

	private final ManualExecutor workers = new ManualExecutor();

	private final List<ManualExecutor> loops = List.of(new ManualExecutor(), new ManualExecutor());

	private final ManualTime time = new ManualTime(() -> this.loops.forEach(ManualExecutor::runAll));

	private final Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private final Sessions sessions = new Sessions(this.payloads, this.workers);

	private final GameServer server;

	private final Group lobby;

	private final List<MemoryTransport> transports;

	private final List<ResumingClient> clients = new ArrayList<>();

	/** What the server has handled and pushed, by session. */
	private final Map<Long, ServerLedger> ledgers = new HashMap<>();

	/** What a client has found wrong. */
	@Nullable AssertionError failure;

	private int detached;

	private int resumed;

	ResumeSchedule(long seed) {
		this.random = new Random(seed);
		Timers timers = new Timers(this.workers, Duration.ofMillis(1), this.time);
		this.lobby = new Groups(this.payloads, timers).create("lobby");
		int maxBytes = this.random.nextBoolean() ? 256 * 1024 : 600;
		TransportSettings settings = TestServer.settings((it) -> it.heartbeat(Duration.ofSeconds(10))
			.requestTimeout(Duration.ofHours(1))
			.resume(new ResumeSettings(WINDOW, maxBytes, 10, 1 << 20)));
		this.server = GameServer.builder(this.payloads, new Lanes(this.workers, 1000), this.sessions, timers)
			.routes(List.of(Route.of("loop.note", this::note).on(Threading.EVENT_LOOP),
					Route.of("lane.note", this::note), Route.of("loop.echo", this::echo).on(Threading.EVENT_LOOP),
					Route.of("lane.echo", this::echo)))
			.settings(settings)
			.protocols(List
				.of(new JsonProtocol(settings.connection().packets(), Payloads.jsonText(this.payloads.serializer()))))
			.listeners(List.of())
			.build();
		this.sessions.addListener(new Listener());
		this.transports = this.loops.stream()
			.map((loop) -> new MemoryTransport(this.server.transport(), loop, this.time))
			.toList();
		for (int i = 0; i < CLIENTS; i++) {
			this.clients.add(new ResumingClient(this, DIALECTS.get(this.random.nextInt(2))));
		}
	}

	MemoryTransport anyTransport() {
		return this.transports.get(this.random.nextInt(2));
	}

	long nanoTime() {
		return this.server.transport().nanoTime();
	}

	ServerLedger ledger(long session) {
		return this.ledgers.computeIfAbsent(session, (id) -> new ServerLedger());
	}

	/** Returns whether a client that has received a token may not resume any more. */
	boolean isLost(long session) {
		return this.sessions.find(session).isEmpty()
				|| this.server.transport().resumable().count(ResumeOutcome.OVERFLOW) > 0;
	}

	private Object note(Request request) {
		ledger(request.session().id()).handled.add(number(request));
		return "noted";
	}

	private Object echo(Request request) {
		ledger(request.session().id()).handled.add(number(request));
		return number(request);
	}

	private static int number(Request request) {
		return Integer.parseInt(new String(request.body(), StandardCharsets.UTF_8));
	}

	// Steps

	void run() {
		for (int i = 0; i < STEPS; i++) {
			step();
			work();
			check();
		}
		quiet();
		this.clients.forEach(ResumingClient::checkComplete);
		this.clients.forEach(ResumingClient::leave);
		finish();
		// A session that has lost packets stays until its window ends.
		this.time.advance(WINDOW.plusSeconds(10));
		finish();
		// The loops remove connections whose last messages are handled.
		this.time.advance(Duration.ofSeconds(10));
		finish();
		assertThat(this.sessions.count()).as("sessions of clients that have left").isZero();
		assertThat(this.server.transport().connections().count()).as("connections").isZero();
		assertThat(this.server.transport().resumable().bytes()).as("kept bytes").isZero();
		assertThat(this.server.transport().resumable().detachedCount()).as("detached sessions").isZero();
	}

	private void step() {
		ResumingClient client = this.clients.get(this.random.nextInt(CLIENTS));
		switch (this.random.nextInt(14)) {
			case 0, 1, 2, 3 -> client.connectIfClosed();
			case 4, 5, 6, 7 -> client.send();
			case 8 -> client.cut();
			case 9 -> client.cutSoon();
			case 10 -> this.lobby.members().forEach((member) -> push(member, this.random.nextInt(6) == 0));
			case 11 -> broadcast();
			case 12 -> client.acknowledge();
			default -> rare(client);
		}
	}

	private void rare(ResumingClient client) {
		switch (this.random.nextInt(8)) {
			case 0 -> this.time.advance(Duration.ofSeconds(this.random.nextInt(40)));
			case 1 -> this.sessions.all().forEach((session) -> push(session, true));
			case 2 -> client.race();
			case 3 -> {
				if (this.random.nextInt(4) == 0) {
					this.sessions.all().stream().findAny().ifPresent((session) -> session.close(CloseReason.CLOSED));
				}
			}
			default -> this.time.advance(Duration.ofMillis(this.random.nextInt(3000)));
		}
	}

	private void push(Session session, boolean large) {
		ServerLedger ledger = ledger(session.id());
		if (session.isOpen()) {
			ledger.pushed++;
			session.push("onPush", large ? ledger.pushed + " ".repeat(400) : String.valueOf(ledger.pushed));
		}
	}

	private void broadcast() {
		this.lobby.members().forEach((member) -> ledger(member.id()).broadcasts++);
		this.lobby.broadcast("onNews", "news");
	}

	private void work() {
		for (int i = 0; i < this.random.nextInt(6); i++) {
			ManualExecutor executor = (this.random.nextInt(3) == 0) ? this.workers
					: this.loops.get(this.random.nextInt(2));
			if (executor.waiting() > 0) {
				executor.runNext();
			}
		}
	}

	/** All clients reconnect, and everything is done. */
	private void quiet() {
		this.clients.forEach(ResumingClient::calm);
		for (int i = 0; i < 6; i++) {
			finish();
			this.clients.forEach(ResumingClient::connectIfClosed);
			finish();
			this.clients.forEach(ResumingClient::acknowledge);
			finish();
		}
	}

	private void check() {
		if (this.failure != null) {
			throw this.failure;
		}
	}

	private void finish() {
		while (this.workers.waiting() > 0 || this.loops.stream().anyMatch((loop) -> loop.waiting() > 0)) {
			this.workers.runAll();
			this.loops.forEach(ManualExecutor::runAll);
			check();
		}
	}

	int detached() {
		return this.detached;
	}

	int resumed() {
		return this.resumed;
	}

	int lost() {
		return this.clients.stream().mapToInt(ResumingClient::lost).sum();
	}

	int received() {
		return this.clients.stream().mapToInt(ResumingClient::receivedInAll).sum();
	}

	/** What the server has done in one session. */
	static final class ServerLedger {

		/** The numbers of the client's messages. */
		final List<Integer> handled = new ArrayList<>();

		/** The number of the last push. */
		int pushed;

		int broadcasts;

	}

	/** All sessions join the lobby when they open. */
	private final class Listener implements SessionListener {

		@Override
		public void opened(Session session) {
			ResumeSchedule.this.lobby.add(session);
		}

		@Override
		public void detached(Session session, CloseReason reason) {
			ResumeSchedule.this.detached++;
		}

		@Override
		public void resumed(Session session) {
			ResumeSchedule.this.resumed++;
		}

	}

}
