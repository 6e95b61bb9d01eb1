package io.nanogame.client;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.client.Game.Text;
import io.nanogame.session.SessionHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.nanogame.client.ReconnectTests.QUICK;
import static io.nanogame.client.ResumeTests.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Tests of resumed sessions with this project's server, behind a proxy that cuts. */
class ResumeGameTests {

	private static NanoClient connected(String scheme, CutProxy proxy) {
		NanoClient client = NanoClient.builder("%s://127.0.0.1:%d/nano".formatted(scheme, proxy.port()))
			.reconnect(QUICK)
			.build();
		client.connect().block(TIMEOUT);
		return client;
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void nothingIsLostOverCuts(String scheme) throws Exception {
		try (Game game = new Game();
				CutProxy proxy = new CutProxy(game.port());
				NanoClient client = connected(scheme, proxy)) {
			Queue<String> received = new ConcurrentLinkedQueue<>();
			client.on("onText", Text.class, (push) -> received.add(push.text()));
			client.call("test.join", null, Void.class);
			for (int i = 0; i < 200; i++) {
				client.notify("test.notify", i);
				game.lobby.broadcast("onText", new Text("" + i));
				if (i % 20 == 10) {
					proxy.cut();
				}
				assertThat(client.call("test.echo", i, Integer.class)).isEqualTo(i);
			}
			List<String> all = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
			await().untilAsserted(() -> assertThat(received).containsExactlyElementsOf(all));
			assertThat(game.notified).isEqualTo(all);
			assertThat(game.sessions.count()).isOne();
			assertThat(client.state().phase()).isEqualTo(Phase.RESUMED);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void aResponseWaitsForAClientThatIsAway(String scheme) throws Exception {
		try (Game game = new Game();
				CutProxy proxy = new CutProxy(game.port());
				NanoClient client = connected(scheme, proxy)) {
			CompletableFuture<Text> response = client.requestAsync("test.wait", new Text("late"), Text.class)
				.toCompletableFuture();
			client.notify("test.notify", "received");
			await().until(() -> game.sessions.all()
				.stream()
				.anyMatch((session) -> SessionHandle.of(session).queue().backlog() > 0));
			proxy.goAway();
			await().until(() -> client.state().phase() == Phase.RESUMING);
			game.gate.countDown();
			client.notify("test.notify", "meanwhile");
			proxy.comeBack();
			assertThat(response).succeedsWithin(TIMEOUT).isEqualTo(new Text("late"));
			await().untilAsserted(() -> assertThat(game.notified).containsExactly("\"received\"", "\"meanwhile\""));
		}
	}

	@Test
	void aRestartedServerHasLostTheSession() throws Exception {
		try (Game game = new Game(); NanoClient client = game.tcp().reconnect(QUICK).build()) {
			Queue<Phase> phases = new ConcurrentLinkedQueue<>();
			client.states().map(ClientState::phase).subscribe(phases::add);
			client.connect().block(TIMEOUT);
			client.call("test.echo", 1, Integer.class);
			game.crash();
			game.start();
			await().until(() -> phases.contains(Phase.LOST) && client.state().phase() == Phase.OPEN);
			assertThat(client.call("test.echo", 2, Integer.class)).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void aClosedClientLeavesNoSession(String scheme) throws Exception {
		try (Game game = new Game(); CutProxy proxy = new CutProxy(game.port())) {
			NanoClient client = connected(scheme, proxy);
			client.call("test.echo", 1, Integer.class);
			assertThat(game.sessions.count()).isOne();
			client.close();
			await().until(() -> game.sessions.count() == 0);
		}
	}

}
