package io.nanogame.client;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.nanogame.client.ClientState.Phase;
import org.junit.jupiter.api.Test;

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

}
