package io.nanogame.dispatch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.nanogame.lane.Lane;
import io.nanogame.lane.ManualExecutor;
import io.nanogame.protocol.Message;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.route.Route;
import io.nanogame.route.RouteTable;
import io.nanogame.route.Threading;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.session.MemoryConnection;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import tools.jackson.databind.json.JsonMapper;

/**
 * A random schedule: clients send requests, handlers start, block, complete, fail and are
 * cancelled, time passes, clients disconnect and are kicked, workers reject, the server
 * stops. The same seed gives the same schedule.
 */
final class Schedule implements AutoCloseable {

	private static final int TIMEOUT = 100;

	private static final int STEPS = 120;

	private static final List<String> KINDS = List.of("plain", "blocks", "fails", "later", "view", "defers");

	private final Random random;

	private final StepwiseThreads threads = new StepwiseThreads();

	private final ManualExecutor loopThread = new ManualExecutor();

	private final Lane lane = new Lane("room", this.threads, 3);

	private final List<ModelSession> clients = new ArrayList<>();

	private final List<CompletableFuture<Object>> results = new ArrayList<>();

	private final List<Request> deferred = new ArrayList<>();

	private final Dispatcher dispatcher;

	private long now;

	private long number;

	Schedule(long seed) {
		this.random = new Random(seed);
		Sessions sessions = new Sessions(new Payloads(new JsonSerializer(JsonMapper.shared())), this.threads);
		MemoryConnection.Loop loop = new MemoryConnection.Loop(this.loopThread);
		for (int i = 0; i < 2; i++) {
			this.clients.add(new ModelSession(SessionRegistry.of(sessions), loop));
		}
		this.dispatcher = new Dispatcher(new RouteTable(KINDS.stream().flatMap(this::routes).toList()),
				new UnknownRoute(), new FailureHandling(List.of()), () -> this.now);
	}

	private Stream<Route> routes(String kind) {
		return Stream.of(route("worker." + kind), route("lane." + kind).on(this.lane),
				route("loop." + kind.replace("blocks", "plain2")).on(Threading.EVENT_LOOP),
				route("aside." + kind).concurrent(true));
	}

	private Route route(String name) {
		return Route.of(name, (request) -> handle(name, request));
	}

	private Object handle(String route, Request request) {
		ModelSession client = this.clients.stream().filter((each) -> each.session == request.session()).findAny().get();
		long sequence = Long.parseLong(new String(request.body(), StandardCharsets.UTF_8));
		AtomicBoolean returned = new AtomicBoolean();
		CompletableFuture<Object> result = new CompletableFuture<>();
		boolean async = route.endsWith("later") || route.endsWith("view");
		client.starts(sequence, request.expectsReply(), route.startsWith("aside"),
				async ? result::isDone : returned::get);
		try {
			return result(route.substring(route.indexOf('.') + 1), request, result);
		}
		finally {
			returned.set(true);
		}
	}

	private Object result(String kind, Request request, CompletableFuture<Object> result) {
		switch (kind) {
			case "blocks" -> this.threads.block();
			case "fails" -> throw new RequestException(409, "no");
			case "later" -> {
				this.results.add(result);
				return result;
			}
			case "view" -> {
				this.results.add(result);
				return result.minimalCompletionStage();
			}
			case "defers" -> this.deferred.add(request.defer());
			default -> {
			}
		}
		return "done";
	}

	/** Runs to the end, and checks the final state. */
	Schedule run() {
		for (int i = 0; i < STEPS; i++) {
			step();
		}
		if (this.random.nextInt(4) == 0) {
			this.clients.forEach((client) -> SessionHandle.of(client.session).abandon());
		}
		this.threads.full(false);
		while (continues()) {
			this.loopThread.runAll();
		}
		pass(TIMEOUT + 1);
		while (continues()) {
			this.loopThread.runAll();
		}
		this.clients.forEach(ModelSession::isQuiet);
		return this;
	}

	private boolean continues() {
		if (this.loopThread.waiting() > 0) {
			return true;
		}
		if (this.threads.hasWaiting()) {
			this.threads.runAny(this.random);
			return true;
		}
		if (this.threads.hasBlocked()) {
			this.threads.unblockAny(this.random);
			return true;
		}
		if (!this.results.isEmpty()) {
			complete();
			return true;
		}
		return false;
	}

	private void step() {
		switch (this.random.nextInt(16)) {
			case 0, 1, 2, 3, 4 -> ask();
			case 5, 6, 7 -> pass(this.random.nextInt(TIMEOUT / 3));
			case 8, 9, 10 -> work();
			case 11 -> unblock();
			case 12 -> complete();
			case 13 -> reply();
			case 14 -> this.threads.full(this.random.nextInt(8) == 0);
			default -> leave();
		}
		this.loopThread.runAll();
	}

	private void ask() {
		ModelSession client = any(this.clients);
		String place = any(List.of("worker.", "lane.", "loop.", "aside.", "no."));
		String route = place + any(KINDS);
		byte[] body = String.valueOf(++this.number).getBytes(StandardCharsets.UTF_8);
		boolean request = this.random.nextInt(4) > 0;
		if (request) {
			client.sent(this.number, route, this.now + TIMEOUT);
		}
		this.dispatcher.receive(client.session,
				request ? Message.request(this.number, route, body) : Message.notify(route, body), Map.of(), this.now,
				this.now + TIMEOUT);
	}

	private void pass(long time) {
		this.now += time;
		this.clients.forEach((client) -> client.sweep(this.now));
		this.loopThread.runAll();
	}

	private void work() {
		if (this.threads.hasWaiting()) {
			this.threads.runAny(this.random);
		}
	}

	private void unblock() {
		if (this.threads.hasBlocked()) {
			this.threads.unblockAny(this.random);
		}
	}

	private void complete() {
		if (this.results.isEmpty()) {
			return;
		}
		CompletableFuture<Object> result = this.results.remove(this.random.nextInt(this.results.size()));
		if (this.random.nextInt(4) > 0) {
			result.complete("late");
		}
		else {
			result.completeExceptionally(new RequestException(410, "gone"));
		}
	}

	private void reply() {
		if (!this.deferred.isEmpty()) {
			this.deferred.remove(this.random.nextInt(this.deferred.size())).reply("deferred");
		}
	}

	private void leave() {
		if (this.random.nextInt(20) == 0) {
			any(this.clients).session
				.close(this.random.nextBoolean() ? CloseReason.CLIENT_CLOSED : CloseReason.kick("go"));
		}
	}

	private <T> T any(List<T> some) {
		return some.get(this.random.nextInt(some.size()));
	}

	int answers(int code) {
		return this.clients.stream().mapToInt((client) -> client.answers(code)).sum();
	}

	@Override
	public void close() {
		this.threads.close();
	}

}
