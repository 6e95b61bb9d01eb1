package io.nanogame.spring.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawWebSocketClient;
import io.nanogame.test.RawWebSocketClient.Frame;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The contract of raw WebSockets on the web app's port and on the game port.
 */
public interface RawWebSocketContract {

	WebServer serveRaw(WebGame game);

	private static RawWebSocketClient client(WebServer web) {
		return (RawWebSocketClient) RawClient.webSocket(web.port(), "/nano");
	}

	private static void receives(RawWebSocketClient client, int first, byte[] payload) {
		if (first == 0x81) {
			assertThat(bytes(client.readTextMessage())).isEqualTo(payload);
			return;
		}
		Frame frame = client.receiveFrame();
		assertThat(frame.first()).isEqualTo(first);
		assertThat(frame.payload()).isEqualTo(payload);
	}

	private static void closes(RawWebSocketClient client, int code) {
		assertThat(client.readClose()).startsWith(code + " ");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	default void messagesKeepTheirBoundsAndTypes() {
		byte[] large = bytes("\u20ac".repeat(20_000));
		try (WebServer web = serveRaw(new WebGame()); RawWebSocketClient client = client(web)) {
			await().until(() -> web.game().sessions.count() == 1);
			client.sendFrame(0x81, bytes("hello"));
			client.sendFrame(0x82, new byte[] { 0, -1 });
			client.sendFrame(0x81, bytes(""));
			client.sendFrame(0x81, large);
			client.sendFrame(0x01, bytes("frag"));
			client.sendFrame(0x80, bytes("ment"));
			receives(client, 0x81, bytes("hello"));
			receives(client, 0x82, new byte[] { 0, -1 });
			receives(client, 0x81, bytes(""));
			receives(client, 0x81, large);
			receives(client, 0x81, bytes("fragment"));
		}
	}

	@Test
	default void pushesAndBroadcastsAreMessagesWithoutRoute() {
		try (WebServer web = serveRaw(new WebGame()); RawWebSocketClient client = client(web)) {
			await().until(() -> web.game().sessions.count() == 1);
			web.game().sessions.all().forEach((session) -> {
				session.push("any", "text");
				session.push("any", new byte[] { 1 });
				session.push("any", List.of(1));
				web.game().lobby.add(session);
			});
			receives(client, 0x81, bytes("text"));
			receives(client, 0x82, new byte[] { 1 });
			receives(client, 0x81, bytes("[1]"));
			web.game().lobby.broadcast("any", "to all");
			receives(client, 0x81, bytes("to all"));
		}
	}

	@Test
	default void messagesAreHandledInOrderWhileReadingPauses() {
		try (WebServer web = serveRaw(WebGame.withMaxBacklog(4)); RawWebSocketClient client = client(web)) {
			for (int i = 0; i < 500; i++) {
				client.sendFrame((i % 2 == 0) ? 0x81 : 0x82, bytes((i % 5 == 0) ? "" : "n" + i));
			}
			for (int i = 0; i < 500; i++) {
				receives(client, (i % 2 == 0) ? 0x81 : 0x82, bytes((i % 5 == 0) ? "" : "n" + i));
			}
		}
	}

	@Test
	default void aValidatorThatRejectsAllRejectsEveryClient() {
		AtomicInteger validated = new AtomicInteger();
		try (WebServer web = serveRaw(WebGame.withValidator((handshake) -> {
			validated.incrementAndGet();
			throw new HandshakeRefusedException(401, "members only");
		})); RawWebSocketClient silent = client(web); RawWebSocketClient eager = client(web)) {
			eager.sendFrame(0x81, bytes("fail"));
			assertThat(eager.readClose()).isEqualTo("1008 members only");
			assertThat(silent.readClose()).isEqualTo("1008 members only");
			await().until(() -> web.game().server.traffic().openConnections() == 0);
			assertThat(validated).hasValue(2);
			assertThat(web.game().sessions.count()).isZero();
			assertThat(web.game().events).hasSize(2)
				.allSatisfy((event) -> assertThat(event).startsWith("ended ").endsWith(" handshake-refused"));
		}
	}

	@Test
	default void validatorsSeeTheRequestAndNoMessageIsHandledBefore() {
		List<String> seen = new CopyOnWriteArrayList<>();
		CompletableFuture<Void> gate = new CompletableFuture<>();
		try (WebServer web = serveRaw(WebGame.withValidator((handshake) -> {
			gate.join();
			seen.add(handshake.path() + handshake.queryParameters().get("token") + handshake.headers().get("x-game"));
			handshake.session().bind(handshake.queryParameters().get("token").get(0));
		}));
				RawWebSocketClient client = (RawWebSocketClient) RawClient.webSocket(web.port(), "/nano?token=ann",
						"X-Game: chess")) {
			client.sendFrame(0x81, bytes("early"));
			assertThat(web.game().sessions.count()).isZero();
			gate.complete(null);
			receives(client, 0x81, bytes("early"));
			assertThat(seen).containsExactly("/nano[ann][chess]");
			assertThat(web.game().sessions.findByUid("ann")).hasSize(1);
		}
		finally {
			gate.complete(null);
		}
	}

	@Test
	default void theSessionOpensWithTheWebSocketAndEndsWithItsCloseFrame() {
		try (WebServer web = serveRaw(new WebGame()); RawWebSocketClient client = client(web)) {
			await().until(() -> web.game().events.size() == 1);
			assertThat(web.game().events.get(0)).startsWith("opened ");
			Session session = web.game().sessions.all().iterator().next();
			client.sendFrame(0x88, new byte[] { 0x0F, (byte) 0xA2, 'e', 'n', 'd', '\n', '!' });
			closes(client, 4002);
			await().until(() -> web.game().events.size() == 2);
			assertThat(session.closeReason()).as("safe to log")
				.isEqualTo(CloseReason.CLIENT_CLOSED.withMessage("closed by the client: 4002 end\\u000a!"));
			assertThat(web.game().events.get(1)).isEqualTo("closed client-closed");
		}
	}

	@Test
	default void aStopClosesWith1001() {
		try (WebServer web = serveRaw(new WebGame()); RawWebSocketClient client = client(web)) {
			client.sendFrame(0x81, bytes("hello"));
			receives(client, 0x81, bytes("hello"));
			web.game().server.stop();
			assertThat(client.readClose()).isEqualTo("1001 the server is shutting down");
		}
	}

	@Test
	default void aClientThatSendsNoPongIsDisconnected() {
		try (WebServer web = serveRaw(WebGame.withHeartbeat(Duration.ofSeconds(1)));
				RawWebSocketClient client = client(web)) {
			assertThat(client.receiveFrame().first()).isEqualTo(0x89);
			closes(client, 4408);
		}
	}

	@Test
	default void theGameAndErrorsCloseWithACode() {
		try (WebServer web = serveRaw(new WebGame()); RawWebSocketClient closed = client(web)) {
			await().until(() -> web.game().sessions.count() == 1);
			web.game().sessions.all().forEach((session) -> session.close(CloseReason.webSocket(4001, "bye")));
			closes(closed, 4001);
			try (RawWebSocketClient failed = client(web)) {
				failed.sendFrame(0x81, bytes("fail"));
				closes(failed, 1011);
			}
			try (RawWebSocketClient invalid = client(web)) {
				invalid.sendFrame(0x81, new byte[] { (byte) 0xFF });
				closes(invalid, 1007);
			}
			try (RawWebSocketClient large = client(web)) {
				large.sendFrame(0x82, new byte[64 * 1024 + 1]);
				closes(large, 1009);
				assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(large::receiveFrame);
			}
		}
	}

}
