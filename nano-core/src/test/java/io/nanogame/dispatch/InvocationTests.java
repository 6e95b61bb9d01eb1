package io.nanogame.dispatch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.nanogame.lane.Lane;
import io.nanogame.lane.ManualExecutor;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.route.Route;
import io.nanogame.route.RouteTable;
import io.nanogame.session.Introduction;
import io.nanogame.session.MemoryConnection;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages whose handling does not start, or is abandoned.
 */
class InvocationTests {

	private final TestSessions sessions = new TestSessions();

	private final Session session = this.sessions.open();

	private final MemoryConnection connection = TestSessions.connection(this.session);

	@Test
	void anAbandonedRequestWithoutAThreadFailsOnce() {
		ManualExecutor full = new ManualExecutor().full(true);
		CompletableFuture<String> never = new CompletableFuture<>();
		Dispatcher dispatcher = dispatcher(Route.of("test.never", (request) -> never.minimalCompletionStage()),
				Route.of("test.full", (request) -> "done").on(new Lane("full", full, 1)));
		send(dispatcher, 1, "test.never");
		send(dispatcher, 2, "test.full");
		this.sessions.workers.runAll();
		// The first one still runs when all are abandoned, so the second has its turn
		// later.
		SessionHandle.of(this.session).abandon();
		never.complete("late");
		this.sessions.workers.runAll();
		assertThat(this.connection.sent()).hasSize(2)
			.anyMatch((line) -> line.startsWith("error 1 ") && line.contains("408"))
			.anyMatch((line) -> line.startsWith("error 2 ") && line.contains("503"));
		assertThat(SessionHandle.of(this.session).queue().backlog()).isZero();
	}

	@Test
	void aMessageAfterAKickTakesNoTime() {
		List<Long> times = new ArrayList<>();
		Dispatcher dispatcher = dispatcher(
				Route.of("test.kicked", (request) -> "done").observedBy((on, outcome, nanos) -> times.add(nanos)));
		send(dispatcher, 1, "test.kicked");
		this.session.kick("go");
		this.sessions.workers.runAll();
		assertThat(times).hasSize(1).allMatch((nanos) -> nanos < Duration.ofMinutes(1).toNanos());
	}

	@Test
	void aConcurrentMessageWhoseExecutorFailsGets503AndIsRemoved() {
		Sessions others = new Sessions(this.sessions.payloads, (task) -> {
			throw new IllegalStateException("decorator");
		});
		MemoryConnection away = new MemoryConnection(this.sessions.loop);
		Session other = SessionRegistry.of(others).create(away, Introduction.UNKNOWN);
		dispatcher(Route.of("test.concurrent", (request) -> "done").concurrent(true)).receive(other,
				new Message(MessageType.REQUEST, 1, "test.concurrent", new byte[0], false), Map.of(), now(), later());
		assertThat(away.sent()).hasSize(1).allMatch((line) -> line.startsWith("error 1 ") && line.contains("503"));
		assertThat(SessionHandle.of(other).queue().backlog()).isZero();
	}

	private static Dispatcher dispatcher(Route... routes) {
		return new Dispatcher(new RouteTable(List.of(routes)), new UnknownRoute(), new FailureHandling(List.of()),
				System::nanoTime);
	}

	private static long now() {
		return System.nanoTime();
	}

	private static long later() {
		return now() + Duration.ofSeconds(30).toNanos();
	}

	private void send(Dispatcher dispatcher, long id, String route) {
		dispatcher.receive(this.session,
				new Message(MessageType.REQUEST, id, route, "{}".getBytes(StandardCharsets.UTF_8), false), Map.of(),
				now(), later());
	}

}
