package io.nanogame.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.client.Game.Text;
import io.nanogame.connection.TransportSettings;
import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.session.HandshakeValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests of handshakes, settings and many clients with this project's server.
 */
class NanoClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static NanoClient connected(NanoClientBuilder builder) {
		NanoClient client = builder.build();
		client.connect().block(TIMEOUT);
		return client;
	}

	@Test
	void userDataIsSentInBothDirections() {
		HandshakeValidator validator = (handshake) -> handshake
			.answerWith(Map.of("name", "player " + handshake.request().user().path("token").stringValue()));
		try (Game game = new Game((builder) -> builder.handshakeValidators(List.of(validator)));
				NanoClient client = game.tcp().user(Map.of("token", "seven")).build()) {
			HandshakeResponse response = client.connect().block(TIMEOUT);
			assertThat(response.user().path("name").stringValue()).isEqualTo("player seven");
			assertThat(response.heartbeatSeconds()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void aRefusedClientIsClosedAndDoesNotTryAgain(String scheme) {
		HandshakeValidator validator = (handshake) -> {
			throw new io.nanogame.session.HandshakeRefusedException("log in first");
		};
		try (Game game = new Game((builder) -> builder.handshakeValidators(List.of(validator)));
				NanoClient client = (scheme.equals("ws") ? game.webSocket() : game.tcp()).build()) {
			assertThatExceptionOfType(HandshakeRefusedException.class).isThrownBy(() -> client.connect().block(TIMEOUT))
				.satisfies((ex) -> {
					assertThat(ex.code()).isEqualTo(500);
					assertThat(ex.serverMessage()).isEqualTo("log in first");
				});
			assertThat(client.state().phase()).isEqualTo(Phase.CLOSED);
			assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> client.notify("test.notify", 1))
				.withMessageContaining("CLOSED");
		}
	}

	@Test
	void dictionaryRoutesAreSentAsCodes() {
		RouteDictionary dictionary = RouteDictionary.of(Map.of("test.echo", 1, "test.join", 300, "onText", 2));
		try (Game game = Game.withDictionary(dictionary); NanoClient client = connected(game.tcp())) {
			ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
			client.on("onText", Text.class, (push) -> received.add(push.text()));
			client.call("test.echo", null, Void.class); // waits for the handshake's last
														// packet
			long before = game.server.traffic().bytesReceived();
			assertThat(client.call("test.echo", new byte[] { 'x' }, byte[].class)).asString().isEqualTo("x");
			// Header, flag, id, code, body: too few bytes for the name of the route.
			assertThat(game.server.traffic().bytesReceived() - before).isEqualTo(4 + 1 + 1 + 2 + 1);
			client.call("test.join", null, Void.class);
			game.lobby.broadcast("onText", new Text("by code"));
			await().until(() -> received.contains("by code"));
		}
	}

	@Test
	void aThousandClientsShareOneEventLoop() {
		// Heartbeats of one second would be late on a loop that is busy for that long.
		try (Game game = new Game((builder) -> builder.settings(TransportSettings.defaults()));
				OneLoop loop = new OneLoop()) {
			List<NanoClient> clients = Flux.range(0, 1000).flatMap((i) -> {
				NanoClient client = game.tcp().loops(loop).build();
				return client.connect().thenReturn(client);
			}, 50).collectList().block(TIMEOUT);
			assertThat(clients).hasSize(1000);
			await().until(() -> game.sessions.count() == 1000);
			assertThat(Flux.fromIterable(clients)
				.flatMap((client) -> client.request("test.echo", new Text("all"), Text.class))
				.count()
				.block(TIMEOUT)).isEqualTo(1000);
			clients.forEach(NanoClient::close);
			await().until(() -> game.sessions.count() == 0);
			await().until(() -> loop.channels() == 0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:3250", "http://localhost", "tcp:", "tcp://" })
	void anAddressWithoutAKnownSchemeOrAHostIsRejected(String server) {
		assertThatIllegalArgumentException().isThrownBy(() -> NanoClient.builder(server)).isNotNull();
	}

	@Test
	void limitsMustBePositive() {
		NanoClientBuilder builder = NanoClient.builder("tcp://localhost");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.requestTimeout(Duration.ZERO))
			.withMessage("The request timeout must be above zero: PT0S");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxRequestsInFlight(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxPacketLength(1 << 24));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
	}

}
