package io.nanogame.client;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.client.LostSessionTests.Cut;
import io.nanogame.protocol.ResumeReply.State;
import io.nanogame.protocol.ResumeRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.nanogame.client.ResumeTests.awaitPhase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Tests of clients that are closed while their session is lost or resumed. */
class ClosingClientTests {

	private final Queue<Phase> phases = new ConcurrentLinkedQueue<>();

	private void closeIn(Phase phase, NanoClient client) {
		client.states().subscribe((state) -> {
			this.phases.add(state.phase());
			if (state.phase() == phase) {
				client.close();
			}
		});
	}

	private void assertStaysClosed(NanoClient client) {
		await().until(() -> this.phases.contains(Phase.CLOSED));
		// Waits for the end of the change of state.
		assertThatExceptionOfType(ClientClosedException.class).isThrownBy(() -> client.connect().block());
		assertThat(client.state().phase()).isEqualTo(Phase.CLOSED);
	}

	@Test
	void aClientThatIsClosedByASubscriberBeforeTheImmediateAttemptStaysClosed() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = server.client().build()) {
			closeIn(Phase.RESUMING, client);
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			link.cut();
			assertStaysClosed(client);
			assertThat(this.phases).containsExactly(Phase.NEW, Phase.CONNECTING, Phase.OPEN, Phase.RESUMING,
					Phase.CLOSED);
		}
	}

	@Test
	void aClientThatIsClosedByASubscriberWhenItsSessionIsLostStaysClosed() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = server.client().build()) {
			closeIn(Phase.LOST, client);
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			// More than was sent.
			link.acknowledge(1);
			assertStaysClosed(client);
			assertThat(this.phases).containsExactly(Phase.NEW, Phase.CONNECTING, Phase.OPEN, Phase.LOST, Phase.CLOSED);
		}
	}

	/** Only the event loop may end the session, which is what it does already. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aClientThatIsClosedWhileItsSessionEndsReportsEachMessageOnce(boolean keepUnsent) throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp")) {
			NanoClient client = server.client().resume(ResumeOptions.defaults().withKeepUnsent(keepUnsent)).build();
			Queue<String> undelivered = new ConcurrentLinkedQueue<>();
			client.onUndelivered((lost) -> undelivered.add(new String(lost.body())));
			CompletableFuture<Void> ending = new CompletableFuture<>();
			CompletableFuture<Void> goOn = new CompletableFuture<>();
			Cut cut = Cut.of(server, client);
			cut.written().whenComplete((response, failure) -> {
				ending.complete(null);
				goOn.orTimeout(20, TimeUnit.SECONDS).join();
			});
			ServerLink next = server.accept();
			next.readHandshake();
			// More than was sent.
			next.reply(200, ServerLink.sys(ServerLink.reply("t2", State.RESUMED, 9)));
			assertThat(ending).succeedsWithin(ResumeTests.TIMEOUT);
			client.close();
			assertThat(undelivered).isEmpty();
			assertThat(cut.waiting()).isNotDone();
			goOn.complete(null);
			assertThat(cut.waiting()).failsWithin(ResumeTests.TIMEOUT)
				.withThrowableThat()
				.withCauseInstanceOf(keepUnsent ? ClientClosedException.class : NotConnectedException.class);
			await().until(() -> undelivered.size() == 2);
			assertThat(undelivered).containsExactly("2", "4");
		}
	}

	@Test
	void aSubscriberThatThrowsDoesNotStopTheClient() throws Exception {
		try (ScriptedServer server = new ScriptedServer("tcp"); NanoClient client = server.client().build()) {
			ServerLink link = server.open(client);
			awaitPhase(client, Phase.OPEN);
			client.request("test.echo", null, Void.class).subscribe((response) -> {
			}, (failure) -> {
				throw new IllegalStateException("planted");
			});
			CompletableFuture<String> other = ResumeTests.request(client, "other");
			// More than was sent.
			link.acknowledge(9);
			assertThat(other).failsWithin(ResumeTests.TIMEOUT)
				.withThrowableThat()
				.withCauseInstanceOf(NanoClientException.class);
			assertThat(server.accept().readHandshake()).isEqualTo(ResumeRequest.NEW);
		}
	}

}
