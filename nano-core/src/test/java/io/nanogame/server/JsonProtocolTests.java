package io.nanogame.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.net.ListenerSettings;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawJsonClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The behaviour of the protocol {@code json} beyond the contract of all protocols.
 */
class JsonProtocolTests {

	private final List<String> validated = new CopyOnWriteArrayList<>();

	private final TestServer server = Line.open(new TestServer())
		.lane("test.null", (request) -> null)
		.lane("test.push", (request) -> {
			request.session().push("on \"quoted\"\n\u20ac", Map.of("text", "a\nb\ud83d\ude00"));
			return "{\n  \"pretty\": \"\\n\"\r\n}".getBytes(StandardCharsets.UTF_8);
		})
		.listener((listener) -> listener.with(ListenerSettings.defaults().withProtocols(List.of("json"))));

	@AfterEach
	void stop() {
		this.server.close();
	}

	private RawJsonClient client(Line line) {
		return line.connectJson(this.server.port(), 0);
	}

	@ParameterizedTest
	@EnumSource
	void theFirstMessageOpensTheSession(Line line) {
		this.server.start();
		try (RawJsonClient client = client(line)) {
			assertThat(client.send("{\"route\":\"test.echo\",\"id\":7,\"body\":[1, 2]}").read())
				.isEqualTo("{\"id\":7,\"body\":[1, 2]}");
			assertThat(this.server.sessions.count()).isOne();
		}
		await().until(() -> this.server.sessions.count() == 0);
	}

	@ParameterizedTest
	@EnumSource
	void eachMessageIsOneLineOrOneTextMessage(Line line) {
		this.server.start();
		try (RawJsonClient client = client(line)) {
			client.send("{\n\"route\":\r\n\"test.push\",\"id\":1}  {\"route\":\"test.null\",\"id\":2}");
			assertThat(client.read())
				.isEqualTo("{\"route\":\"on \\\"quoted\\\"\\n\u20ac\",\"body\":{\"text\":\"a\\nb\\ud83d\\ude00\"}}");
			assertThat(client.read()).isEqualTo("{\"id\":1,\"body\":{   \"pretty\": \"\\n\"  }}");
			assertThat(client.read()).isEqualTo("{\"id\":2,\"body\":{}}");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aHandshakeCarriesTheUserPartToTheValidators(Line line) {
		login();
		try (RawJsonClient client = client(line)) {
			client.send("{\"handshake\":{\"token\":\"ann\"}}{\"route\":\"test.echo\",\"id\":1,\"body\":1}");
			assertThat(client.read()).isEqualTo("{\"handshake\":{\"code\":200,\"user\":{\"hello\":\"ann\"}}}");
			assertThat(client.read()).isEqualTo("{\"id\":1,\"body\":1}");
			assertThat(this.server.sessions.findByUid("ann")).hasSize(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void theFirstMessageWaitsForTheValidatorsAndFailsIfTheyReject(Line line) {
		login();
		try (RawJsonClient client = client(line)) {
			client.send("{\"route\":\"test.echo\",\"id\":5,\"body\":1}");
			assertThat(client.read()).isEqualTo("{\"id\":5,\"error\":{\"code\":401,\"msg\":\"no token\"}}");
			assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(client::read);
		}
		try (RawJsonClient client = client(line)) {
			client.send("{\"handshake\":{}}");
			assertThat(client.read()).isEqualTo("{\"error\":{\"code\":401,\"msg\":\"no token\"}}");
			assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(client::read);
		}
	}

	private void login() {
		this.server.with((builder) -> builder.handshakeValidators(List.of((handshake) -> {
			String token = handshake.request().user().path("token").asString("");
			this.validated.add(token);
			if (token.isEmpty()) {
				throw new HandshakeRefusedException(401, "no token");
			}
			handshake.session().bind(token);
			handshake.answerWith(Map.of("hello", token));
		}))).start();
	}

	@Test
	void anInvalidOrLateHandshakeEndsTheConnection() {
		this.server.start();
		for (String begin : List.of("{\"handshake\":1}", "{\"handshake\":{}}{\"handshake\":{}}",
				"{\"route\":\"test.echo\"}{\"handshake\":{}}")) {
			try (RawJsonClient client = client(Line.TCP)) {
				client.send(begin);
				String last = client.read();
				while (last.startsWith("{\"handshake")) {
					last = client.read();
				}
				assertThat(last).isEqualTo("{\"kick\":{\"reason\":\"protocol error: bad handshake\"}}");
				assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(client::read);
			}
		}
	}

	@Test
	void packetsOfAnotherProtocolGetOneError() {
		this.server.start();
		try (RawJsonClient client = client(Line.TCP)) {
			client.wire().sendHex("01000000");
			assertThat(client.read()).isEqualTo("{\"kick\":{\"reason\":\"protocol error: not a JSON object\"}}");
		}
	}

	@Test
	void anIdleTcpConnectionIsClosed() {
		this.server.settings(TestServer.settings((it) -> it.idleTimeout(Duration.ofMillis(200)))).start();
		try (RawJsonClient client = client(Line.TCP)) {
			client.send("{\"route\":\"test.echo\",\"id\":1,\"body\":1}").read();
			assertThat(client.read()).isEqualTo("{\"kick\":{\"reason\":\"idle for too long\",\"reconnect\":true}}");
			await().until(() -> this.server.server().traffic().closed("idle-timeout") == 1);
		}
	}

	@Test
	void aWebSocketIsPingedAndMustSendAPong() {
		this.server.settings(TestServer.settings((it) -> it.heartbeat(Duration.ofSeconds(1)))).start();
		try (RawJsonClient client = client(Line.WEBSOCKET)) {
			client.send("{\"route\":\"test.echo\",\"id\":1,\"body\":1}").read();
			// The client sends no pong.
			assertThat(client.read()).isEqualTo("{\"kick\":{\"reason\":\"no heartbeat\",\"reconnect\":true}}");
			assertThat(client.pings()).isOne();
		}
	}

}
