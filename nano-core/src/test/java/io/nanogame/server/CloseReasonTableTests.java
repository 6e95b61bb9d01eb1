package io.nanogame.server;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawWebSocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The last bytes of a connection, by reason: the table of the protocol page.
 */
class CloseReasonTableTests {

	private static final String NO_KICK = "";

	private final TestServer server = Line.open(new TestServer());

	@BeforeEach
	void start() {
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	/** The reason, the kick, and the close frame of a WebSocket. */
	private static Stream<Arguments> endings() {
		return Stream.of(ending(CloseReason.CLOSED, NO_KICK, "1000 closed by the server"),
				ending(CloseReason.kick("enough"), "{\"reason\":\"enough\"}", "1000 enough"),
				ending(CloseReason.REPLACED, "{\"reason\":\"logged in elsewhere\"}", "1000 logged in elsewhere"),
				ending(CloseReason.ALREADY_LOGGED_IN, "{\"reason\":\"already logged in\"}", "1000 already logged in"),
				ending(CloseReason.LOGIN_UNCHECKED, NO_KICK, "1012 cannot check whether the player is logged in"),
				ending(new CloseReason("game-over", "you lost", false), "{\"reason\":\"you lost\"}", "1000 you lost"),
				ending(new CloseReason("moving", "see you there", true), NO_KICK, "1012 see you there"),
				ending(CloseReason.SESSION_LOST, NO_KICK, "1012 the session was lost"),
				ending(CloseReason.SHUTDOWN, NO_KICK, "1001 the server is shutting down"),
				ending(CloseReason.HEARTBEAT_TIMEOUT, NO_KICK, "4408 no heartbeat"),
				ending(CloseReason.IDLE_TIMEOUT, NO_KICK, "4408 idle for too long"),
				ending(CloseReason.PACKET_TIMEOUT, NO_KICK, "4408 " + CloseReason.PACKET_TIMEOUT.message()),
				ending(CloseReason.HANDSHAKE_TIMEOUT, NO_KICK, "4408 no handshake in time"),
				ending(CloseReason.SLOW_CONSUMER, NO_KICK, "1013 reading too slowly"),
				ending(CloseReason.TOO_MANY_CONNECTIONS, NO_KICK, "1013 too many connections"),
				ending(CloseReason.SERVER_ERROR, NO_KICK, "1011 internal server error"),
				ending(CloseReason.TOO_MANY_REQUESTS, "{\"reason\":\"too many requests\"}", "1008 too many requests"),
				ending(CloseReason.HANDSHAKE_REFUSED, NO_KICK, "1008 handshake refused"),
				ending(CloseReason.NO_HANDSHAKE, "{\"reason\":\"data before the handshake\"}",
						"1002 data before the handshake"),
				ending(CloseReason.INVALID_TEXT, "{\"reason\":\"text is not valid UTF-8\"}",
						"1007 text is not valid UTF-8"),
				ending(CloseReason.MESSAGE_TOO_LARGE, "{\"reason\":\"message too large\"}", "1009 message too large"),
				ending(CloseReason.MESSAGE_FAILED, NO_KICK, "1011 a message failed"),
				ending(CloseReason.RESUME_LIMIT, NO_KICK, "1012 too many sessions are kept"),
				ending(CloseReason.RESUMED_ELSEWHERE, NO_KICK, "1012 resumed by another connection"),
				ending(CloseReason.webSocket(4001, "bye"), "{\"reason\":\"bye\"}", "4001 bye"),
				ending(new CloseReason("websocket-1000", "not a code", false), "{\"reason\":\"not a code\"}",
						"1000 not a code"),
				ending(CloseReason.PROTOCOL_ERROR, "{\"reason\":\"protocol error\"}", "1002 protocol error"));
	}

	private static Arguments ending(CloseReason reason, String kick, String close) {
		return Arguments.of(reason, kick, close);
	}

	@ParameterizedTest
	@MethodSource("endings")
	void aKickIsSentOnlyWhenTheClientMustNotReconnect(CloseReason reason, String kick, String close) {
		for (Line line : Line.values()) {
			try (RawClient client = line.connect(this.server.port()).handshake()) {
				session().close(reason);
				assertThat(client.readEnd()).as("on %s", line)
					.isEqualTo((kick.isEmpty() ? "" : "kick " + kick + ", ")
							+ (line.isWebSocket() ? "close " + close + ", " : "") + "end");
			}
			await().until(() -> this.server.sessions.count() == 0);
		}
	}

	@Test
	void theTableContainsAllCloseReasonsThatClientsReceive() {
		List<String> named = endings().map((row) -> ((CloseReason) row.get()[0]).code()).toList();
		// A client that has closed does not read; without TLS, it cannot; others receive
		// no
		// byte.
		assertThat(CloseReason.codes()).filteredOn((code) -> !named.contains(code))
			.containsExactlyInAnyOrder("client-closed", "tls-required", "tls-failed", "address-denied");
	}

	@ParameterizedTest
	@EnumSource
	void malformedDataCausesAKick(Line line) {
		try (RawClient client = line.connect(this.server.port())) {
			client.sendHex("09000000");
			assertThat(client.readEnd()).startsWith("kick {\"reason\":\"protocol error: ")
				.contains(line.isWebSocket() ? "close 1002 protocol error: " : "kick")
				.endsWith(", end");
		}
	}

	@Test
	void theCloseCodeOfAWebSocketClientIsEchoed() {
		closes("0fa1", "close 4001 , end");
		closes("03e8", "close 1000 , end");
		closes("", "close 1000 , end");
		closes("03ed", "close 1002 , end");
		closes("00", "close 1002 , end");
	}

	private void closes(String payload, String answer) {
		try (RawWebSocketClient client = (RawWebSocketClient) this.server.webSocket().handshake()) {
			client.sendFrame(0x88, HexFormat.of().parseHex(payload));
			assertThat(client.readEnd()).isEqualTo(answer);
		}
	}

	private Session session() {
		await().until(() -> this.server.sessions.count() == 1);
		return this.server.sessions.all().iterator().next();
	}

}
