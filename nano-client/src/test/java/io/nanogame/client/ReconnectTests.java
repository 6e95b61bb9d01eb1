package io.nanogame.client;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.client.Game.Text;
import io.nanogame.session.SessionHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Tests of lost connections and reconnects. */
class ReconnectTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	static final Backoff QUICK = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void clientsReconnectToARestartedServer(String scheme) {
		try (Game game = new Game();
				NanoClient client = (scheme.equals("ws") ? game.webSocket() : game.tcp()).reconnect(QUICK)
					.resume(false)
					.build()) {
			ConcurrentLinkedQueue<Phase> phases = new ConcurrentLinkedQueue<>();
			ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
			client.states().map(ClientState::phase).subscribe(phases::add);
			client.on("onText", Text.class, (push) -> received.add(push.text()));
			client.connect().block(TIMEOUT);
			client.call("test.join", null, Void.class);
			game.lobby.broadcast("onText", new Text("before"));
			await().until(() -> received.contains("before"));
			CompletableFuture<Text> pending = client.requestAsync("test.wait", null, Text.class).toCompletableFuture();
			await().until(() -> game.sessions.all()
				.stream()
				.anyMatch((session) -> SessionHandle.of(session).queue().backlog() > 0));

			game.crash();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(pending::get)
				.withCauseInstanceOf(ConnectionLostException.class);
			await().until(() -> client.state().phase() != Phase.OPEN);
			assertThatExceptionOfType(NotConnectedException.class)
				.isThrownBy(() -> client.call("test.echo", null, Void.class));

			game.start();
			await().until(() -> client.state().phase() == Phase.OPEN);
			client.call("test.join", null, Void.class);
			game.lobby.broadcast("onText", new Text("after"));
			await().until(() -> received.contains("after"));
			assertThat(client.call("test.echo", new Text("alive"), Text.class)).isEqualTo(new Text("alive"));
			assertThat(received).containsExactly("before", "after");
			assertThat(phases).startsWith(Phase.NEW, Phase.CONNECTING, Phase.OPEN, Phase.WAITING, Phase.CONNECTING)
				.endsWith(Phase.CONNECTING, Phase.OPEN);
		}
	}

	@Test
	void aClientThatStartsBeforeItsServerWaitsForIt() {
		Game game = new Game();
		game.crash();
		try (NanoClient client = game.tcp().reconnect(QUICK).build()) {
			CompletableFuture<?> connected = client.connect().toFuture();
			ClientState waiting = await().until(client::state, (state) -> state.phase() == Phase.WAITING);
			assertThat(waiting.reason()).isInstanceOf(ConnectionLostException.class);
			game.start();
			assertThat(connected).succeedsWithin(TIMEOUT);
		}
		finally {
			game.close();
		}
	}

	@Test
	void withoutReconnectALostConnectionClosesTheClient() {
		try (Game game = new Game(); NanoClient client = game.tcp().noReconnect().build()) {
			client.connect().block(TIMEOUT);
			game.crash();
			await().until(() -> client.state().phase() == Phase.CLOSED);
			assertThat(client.state().reason()).isInstanceOf(ConnectionLostException.class);
		}
	}

	@Test
	void aKickedClientKnowsTheReasonAndDoesNotReconnect() {
		try (Game game = new Game(); NanoClient client = game.webSocket().reconnect(QUICK).build()) {
			client.connect().block(TIMEOUT);
			client.notify("test.kick", null);
			await().until(() -> client.state().phase() == Phase.CLOSED);
			assertThat(client.state().reason()).isInstanceOfSatisfying(KickedException.class, (kick) -> {
				assertThat(kick.reason()).isEqualTo("enough");
				assertThat(kick.reconnect()).isFalse();
			});
		}
	}

	@Test
	void aClientReconnectsAfterACleanRestart() {
		try (Game game = new Game(); NanoClient client = game.tcp().reconnect(QUICK).build()) {
			assertThat(reasonsOfARestart(game, client)).anyMatch((reason) -> reason instanceof ConnectionLostException);
		}
	}

	@Test
	void aWebSocketClientReadsTheReasonInTheCloseFrame() {
		try (Game game = new Game(); NanoClient client = game.webSocket().reconnect(QUICK).build()) {
			assertThat(reasonsOfARestart(game, client))
				.anyMatch((reason) -> reason.getMessage().endsWith(": 1001 the server is shutting down"));
		}
	}

	private static List<NanoClientException> reasonsOfARestart(Game game, NanoClient client) {
		ConcurrentLinkedQueue<ClientState> states = new ConcurrentLinkedQueue<>();
		client.states().subscribe(states::add);
		client.connect().block(TIMEOUT);
		game.server.stop();
		game.start();
		await().until(() -> states.stream().filter((state) -> state.phase() == Phase.OPEN).count() == 2);
		return states.stream().map(ClientState::reason).filter(Objects::nonNull).toList();
	}

	@Test
	void aClosedClientFailsPendingRequestsAndDoesNotReconnect() {
		try (Game game = new Game()) {
			NanoClient client = game.tcp().reconnect(QUICK).build();
			client.connect().block(TIMEOUT);
			CompletableFuture<Text> pending = client.requestAsync("test.wait", null, Text.class).toCompletableFuture();
			client.notify("test.notify", "last words");
			client.close();
			client.close();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(pending::get)
				.withCauseInstanceOf(ClientClosedException.class);
			game.gate.countDown();
			await().until(() -> game.notified.contains("\"last words\"") && game.sessions.count() == 0);
			assertThatExceptionOfType(ClientClosedException.class).isThrownBy(() -> client.connect().block(TIMEOUT));
			assertThat(client.states().collectList().block(TIMEOUT)).last()
				.satisfies((state) -> assertThat(state.phase()).isEqualTo(Phase.CLOSED));
		}
	}

	@Test
	void aClientCanBeClosedWhileItConnects() throws IOException {
		try (FakeServer server = new FakeServer()) {
			NanoClient client = server.client().build();
			CompletableFuture<?> connected = client.connect().toFuture();
			server.accept();
			client.close();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(connected::get)
				.withCauseInstanceOf(ClientClosedException.class);
			assertThat(server.readsEndOfInput()).isTrue();
		}
	}

	@Test
	void delaysAreRandomAndGrowUpToTheirLimit() {
		Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
		for (int attempt = 0; attempt < 100; attempt++) {
			assertThat(backoff.delay(attempt)).isBetween(Duration.ZERO,
					Duration.ofMillis(Math.min(1000, 100L << Math.min(attempt, 4))));
		}
		List<Duration> some = IntStream.range(0, 20).mapToObj((i) -> backoff.delay(50)).distinct().toList();
		assertThat(some).hasSizeGreaterThan(10);
	}

}
