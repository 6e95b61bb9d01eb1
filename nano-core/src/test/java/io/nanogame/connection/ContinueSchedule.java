package io.nanogame.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.ManualExecutor;
import io.nanogame.lane.Timers;
import io.nanogame.memory.ManualTime;
import io.nanogame.memory.MemoryTransport;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.resume.ResumeSettings;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.route.Threading;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.server.TestServer;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Old clients whose connections are cut, and that log in again on two loops, in a random
 * order of everything that the loops, the workers and the time do.
 */
final class ContinueSchedule {

	static final Duration WINDOW = Duration.ofSeconds(30);

	private static final int STEPS = 300;

	private static final int PLAYERS = 3;

	final Random random;

	private final ManualExecutor workers = new ManualExecutor();

	private final List<ManualExecutor> loops = List.of(new ManualExecutor(), new ManualExecutor());

	private final ManualTime time = new ManualTime(() -> this.loops.forEach(ManualExecutor::runAll));

	private final Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private final Sessions sessions = new Sessions(this.payloads, this.workers, 0, new AtomicLong()::incrementAndGet,
			LoginPolicy.CONTINUE);

	private final GameServer server;

	private final Group lobby;

	private final List<MemoryTransport> transports;

	private final List<ContinuingPlayer> players = new ArrayList<>();

	/** The number of the last message that was handled, by socket. */
	private final Map<String, Integer> handled = new HashMap<>();

	/** The sessions with a message that is being handled. */
	private final Set<Long> busy = new HashSet<>();

	private final boolean keepsAll;

	private final List<Runnable> slow = new ArrayList<>();

	private int news;

	private int heldPushes;

	/** What a player or a handler has found wrong. */
	@Nullable AssertionError failure;

	ContinueSchedule(long seed) {
		this.random = new Random(seed);
		Timers timers = new Timers(this.workers, Duration.ofMillis(1), this.time);
		this.lobby = new Groups(this.payloads, timers).create("lobby");
		this.keepsAll = this.random.nextBoolean();
		int maxBytes = this.keepsAll ? 256 * 1024 : 400;
		TransportSettings settings = TestServer.settings((it) -> it.heartbeat(Duration.ofSeconds(10))
			.requestTimeout(Duration.ofHours(1))
			.resume(new ResumeSettings(WINDOW, maxBytes, 10, 1 << 20)));
		this.server = GameServer.builder(this.payloads, new Lanes(this.workers, 1000), this.sessions, timers)
			.routes(List.of(Route.of("loop.login", this::login).on(Threading.EVENT_LOOP),
					Route.of("lane.login", this::login), Route.of("loop.echo", this::echo).on(Threading.EVENT_LOOP),
					Route.of("lane.echo", this::echo), Route.of("lane.slow", this::slow)))
			.settings(settings)
			.listeners(List.of())
			.build();
		this.transports = this.loops.stream()
			.map((loop) -> new MemoryTransport(this.server.transport(), loop, this.time))
			.toList();
		for (int i = 0; i < PLAYERS; i++) {
			this.players.add(new ContinuingPlayer(this, "player" + i));
		}
	}

	MemoryTransport anyTransport() {
		return this.transports.get(this.random.nextInt(2));
	}

	// Handlers

	/** The body names the player, the socket and the number of the message. */
	private Object login(Request request) {
		checkOrder(request, false);
		Session session = request.session().bind(text(request).split(" ")[0]);
		if (!this.lobby.contains(request.session())) {
			this.lobby.add(session);
		}
		return request.body();
	}

	private Object echo(Request request) {
		checkOrder(request, true);
		return request.body();
	}

	private Object slow(Request request) {
		checkOrder(request, true);
		long session = request.session().id();
		CompletableFuture<byte[]> result = new CompletableFuture<>();
		this.busy.add(session);
		this.slow.add(() -> {
			this.busy.remove(session);
			result.complete(request.body());
		});
		return result;
	}

	private void checkOrder(Request request, boolean alone) {
		try {
			String[] parts = text(request).split(" ");
			assertThat(Integer.parseInt(parts[2])).as("the next message of %s", parts[1])
				.isEqualTo(this.handled.merge(parts[1], 1, Integer::sum));
			if (alone) {
				assertThat(this.busy).as("sessions with a message that is being handled")
					.doesNotContain(request.session().id());
			}
		}
		catch (AssertionError ex) {
			this.failure = ex;
		}
	}

	private static String text(Request request) {
		return new String(request.body(), StandardCharsets.UTF_8);
	}

	// Steps

	void run() {
		for (int i = 0; i < STEPS; i++) {
			step();
			work();
			check();
		}
		quiet();
		this.players.forEach((player) -> player.checkComplete(this.news));
		assertThat(this.sessions.count()).as("sessions").isEqualTo(PLAYERS);
		assertThat(this.lobby.members()).as("members").containsExactlyInAnyOrderElementsOf(this.sessions.all());
		assertThat(this.sessions.all()).extracting(Session::uid).doesNotHaveDuplicates();
		this.players.forEach(ContinuingPlayer::leave);
		finish();
		this.time.advance(WINDOW.plusSeconds(10));
		finish();
		assertThat(this.sessions.count()).as("sessions of players that have left").isZero();
		assertThat(this.lobby.count()).as("members that have left").isZero();
		assertThat(this.server.transport().connections().count()).as("connections").isZero();
		assertThat(this.server.transport().connections().backlog()).as("backlog").isZero();
		assertThat(this.server.transport().resumable().bytes()).as("kept bytes").isZero();
		assertThat(this.server.transport().resumable().detachedCount()).as("detached sessions").isZero();
	}

	private void step() {
		ContinuingPlayer player = this.players.get(this.random.nextInt(PLAYERS));
		switch (this.random.nextInt(16)) {
			case 0, 1, 2, 3 -> player.connectIfClosed();
			case 4, 5, 6 -> player.send();
			case 7 -> player.cut();
			case 8 -> player.race();
			case 9, 10, 11 -> push(player);
			case 12 -> this.lobby.broadcast("onNews", ++this.news);
			case 13, 14 -> endSlow();
			default -> rare(player);
		}
	}

	/** Returns whether no player can have missed too much. */
	boolean keepsAll() {
		return this.keepsAll;
	}

	private void push(ContinuingPlayer player) {
		this.sessions.findByUid(player.uid).stream().findAny().ifPresent((session) -> {
			if (!session.isConnected()) {
				this.heldPushes++;
			}
			session.push("onPush", ++player.pushed + ((this.random.nextInt(8) == 0) ? " ".repeat(300) : ""));
		});
	}

	private void endSlow() {
		if (!this.slow.isEmpty()) {
			this.slow.remove(this.random.nextInt(this.slow.size())).run();
		}
	}

	private void rare(ContinuingPlayer player) {
		switch (this.random.nextInt(8)) {
			case 0 -> this.time.advance(Duration.ofSeconds(this.random.nextInt(40)));
			case 1 -> player.leave();
			case 2 -> {
				if (this.random.nextInt(3) == 0) {
					this.sessions.findByUid(player.uid).forEach((session) -> session.kick("enough"));
				}
			}
			default -> this.time.advance(Duration.ofMillis(this.random.nextInt(3000)));
		}
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

	/** All players reconnect, and everything is done. */
	private void quiet() {
		settle();
		this.players.stream()
			.filter((player) -> this.sessions.findByUid(player.uid).stream().anyMatch((it) -> !it.isConnected()))
			.forEach((player) -> {
				push(player);
				player.expectFrom(player.pushed);
			});
		for (int i = 0; i < 6; i++) {
			this.players.forEach(ContinuingPlayer::connectIfClosed);
			settle();
		}
		this.players.forEach(this::push);
		this.lobby.broadcast("onNews", ++this.news);
		finish();
	}

	private void settle() {
		finish();
		while (!this.slow.isEmpty()) {
			endSlow();
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

	int continued() {
		return (int) this.server.transport().resumable().count(ResumeOutcome.CONTINUED);
	}

	int received() {
		return this.players.stream().mapToInt(ContinuingPlayer::received).sum();
	}

	int heldPushes() {
		return this.heldPushes;
	}

}
