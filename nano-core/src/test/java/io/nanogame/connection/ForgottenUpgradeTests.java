package io.nanogame.connection;

import java.util.List;

import io.nanogame.server.TestServer;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.SessionHandle;
import io.nanogame.test.RawClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The headers of a WebSocket cost an idle session no memory.
 */
class ForgottenUpgradeTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void anOpenConnectionHasForgottenItsRequest(int validators) {
		HandshakeValidator validator = (handshake) -> assertThat(handshake.headers()).isNotEmpty();
		try (TestServer server = new TestServer()) {
			server.with((builder) -> builder.handshakeValidators(List.of(validator).subList(0, validators))).start();
			try (RawClient client = RawClient.webSocket(server.port(), "/", "X-Large: x").handshake()) {
				client.request(1, "test.echo", "1").readResponse(1);
				await().until(() -> server.sessions.count() == 1);
				CarriedConnection connection = (CarriedConnection) SessionHandle
					.of(server.sessions.all().iterator().next())
					.connection();
				assertThat(connection.takeUpgrade()).isNull();
			}
		}
	}

}
