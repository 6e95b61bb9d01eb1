package io.nanogame.spring.web;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nanogame.limit.Limit;
import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.SessionHandle;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import io.nanogame.test.RawWebSocketClient;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The contract of all adapters that serve the game on a web app's port.
 */
public interface WebSocketContract {

	/**
	 * Starts a web server.
	 * @param game the game at {@code /nano}; closed with the web server
	 * @return a running server
	 */
	WebServer serve(WebGame game);

	/** Returns the value of {@code Wire.transport()}. */
	String transport();

	// Packets

	@Test
	default void aClientCompletesTheHandshakeAndItsHeartbeatsAreEchoed() {
		try (WebServer web = serve(new WebGame()); RawClient client = web.client().handshake()) {
			client.sendHex("03000000");
			assertThat(client.read().type()).isEqualTo(RawPacket.HEARTBEAT);
			assertThat(web.game().server.traffic().connections(transport())).isOne();
			assertThat(web.game().server.traffic().bytesReceived()).isPositive();
			assertThat(web.game().server.traffic().bytesSent()).isPositive();
		}
	}

	@Test
	default void aRequestReceivesItsResponse() {
		try (WebServer web = serve(new WebGame()); RawClient client = web.client().handshake()) {
			client.request(1, "test.echo", "{\"a\":1}").request(2, "test.fastEcho", "{\"a\":2}");
			assertThat(client.readResponse(1)).isEqualTo("{\"a\":1}");
			assertThat(client.readResponse(2)).isEqualTo("{\"a\":2}");
			assertThat(client.request(3, "no.such", "{}").readResponse(3)).contains("404");
		}
	}

	@Test
	default void aPushArrivesBeforeTheResponseThatFollowsIt() {
		try (WebServer web = serve(new WebGame()); RawClient client = web.client().handshake()) {
			client.request(1, "test.push", "{\"n\":1}");
			RawPacket push = client.readData();
			assertThat(push.isPush()).isTrue();
			assertThat(push.payload()).isEqualTo("{\"n\":1}");
			assertThat(client.readResponse(1)).contains("pushed");
		}
	}

	@Test
	default void theResponsesToAThousandPipelinedRequestsAreInOrder() {
		try (WebServer web = serve(new WebGame()); RawClient client = web.client().handshake()) {
			for (int i = 1; i <= 1000; i++) {
				client.request(i, (i % 2 == 0) ? "test.echo" : "test.fastEcho", "{\"n\":" + i + "}");
			}
			for (int i = 1; i <= 1000; i++) {
				assertThat(client.readResponse(i)).isEqualTo("{\"n\":" + i + "}");
			}
		}
	}

	@Test
	default void aLongResponseIsOneMessage() {
		try (WebServer web = serve(new WebGame()); RawClient client = web.client().handshake()) {
			String body = "\"" + "x".repeat(60_000) + "\"";
			assertThat(client.request(1, "test.echo", body).readResponse(1)).isEqualTo(body);
		}
	}

	// Messages of the WebSocket

	@Test
	default void oneMessageMayContainSeveralPackets() {
		try (WebServer web = serve(new WebGame()); JdkClient client = web.jdkClient().handshake()) {
			client.send(concat(request(1, "{}"), request(2, "[]"), request(3, "7")));
			assertThat(client.read().payload()).isEqualTo("{}");
			assertThat(client.read().payload()).isEqualTo("[]");
			assertThat(client.read().payload()).isEqualTo("7");
		}
	}

	@Test
	default void aPacketMaySpanSeveralMessagesAndParts() {
		try (WebServer web = serve(new WebGame()); JdkClient client = web.jdkClient().handshake()) {
			byte[] packet = request(1, "{\"cut\":true}");
			client.send(Arrays.copyOf(packet, 3));
			client.sendPart(Arrays.copyOfRange(packet, 3, 9), false);
			client.sendPart(Arrays.copyOfRange(packet, 9, 12), true);
			client.send(new byte[0]);
			client.send(concat(Arrays.copyOfRange(packet, 12, packet.length), request(2, "{}")));
			assertThat(client.read().payload()).isEqualTo("{\"cut\":true}");
			assertThat(client.read().payload()).isEqualTo("{}");
		}
	}

	@Test
	default void packetsMayBeSentAsText() {
		try (WebServer web = serve(new WebGame()); JdkClient client = web.jdkClient().handshake()) {
			client.sendText(request(1, "{\"name\":\"Łukasz 🎲\"}"));
			assertThat(client.read().payload()).isEqualTo("{\"name\":\"Łukasz 🎲\"}");
		}
	}

	@Test
	default void pingsAreAnswered() {
		try (WebServer web = serve(new WebGame()); RawWebSocketClient client = web.client()) {
			client.handshake();
			client.sendFrame(0x89, new byte[] { 1, 2, 3 });
			assertThat(client.readPong()).containsExactly(1, 2, 3);
		}
	}

	// Endings

	@Test
	default void aKickCarriesItsReasonAndTheSocketIsClosedNormally() {
		try (WebServer web = serve(new WebGame()); JdkClient client = web.jdkClient().handshake()) {
			client.send(data(2, -1, "test.kick", "you are out"));
			RawPacket kick = client.read();
			assertThat(kick.type()).isEqualTo(RawPacket.KICK);
			assertThat(kick.text()).isEqualTo("{\"reason\":\"you are out\"}");
			assertThat(client.awaitClose()).isEqualTo("1000 you are out");
			awaitNoClients(web);
		}
	}

	@Test
	default void onlyAClientThatMustNotReconnectIsKicked() {
		try (WebServer web = serve(new WebGame())) {
			ends(web, CloseReason.SESSION_LOST, "close 1012 the session was lost");
			ends(web, CloseReason.SLOW_CONSUMER, "close 1013 reading too slowly");
			ends(web, CloseReason.SERVER_ERROR, "close 1011 internal server error");
			ends(web, CloseReason.TOO_MANY_REQUESTS,
					"kick {\"reason\":\"too many requests\"}, close 1008 too many requests");
			ends(web, CloseReason.REPLACED,
					"kick {\"reason\":\"logged in elsewhere\"}, close 1000 logged in elsewhere");
		}
	}

	private static void ends(WebServer web, CloseReason reason, String ending) {
		try (RawClient client = web.client().handshake()) {
			await().until(() -> web.game().sessions.count() == 1);
			web.game().sessions.all().forEach((session) -> session.close(reason));
			assertThat(client.readEnd()).startsWith(ending);
		}
		awaitNoClients(web);
	}

	@Test
	default void aSessionIsReportedFromItsOpeningToItsEnd() {
		try (WebServer web = serve(new WebGame())) {
			web.client().handshake().close();
			awaitEvents(web, "opened " + transport(), "closed client-closed");
			try (RawClient kicked = web.client().handshake()) {
				kicked.send(data(2, -1, "test.kick", "you are out"));
				assertThat(kicked.readKick()).contains("you are out");
			}
			awaitEvents(web, "opened " + transport(), "closed client-closed", "opened " + transport(), "closed kick");
			assertThat(web.game().server.traffic().closed("kick")).isOne();
		}
	}

	@Test
	default void aClientWithoutASessionIsReportedOnce() {
		WebGame game = WebGame.withValidator((handshake) -> {
			throw new HandshakeRefusedException("no");
		});
		try (WebServer web = serve(game)) {
			web.client().close();
			awaitEvents(web, "ended " + transport() + " client-closed");
			try (RawClient rejected = web.client()) {
				assertThat(rejected.sendHex("01000000").readEnd()).contains("close");
			}
			awaitEvents(web, "ended " + transport() + " client-closed", "ended " + transport() + " handshake-refused");
			try (RawClient hasty = web.client()) {
				hasty.send(request(1, "1"));
				assertThat(hasty.readEnd()).contains("data before the handshake");
			}
			awaitEvents(web, "ended " + transport() + " client-closed", "ended " + transport() + " handshake-refused",
					"ended " + transport() + " no-handshake");
		}
	}

	/** A second report of an end would come before the connection is removed. */
	private static void awaitEvents(WebServer web, String... events) {
		await().untilAsserted(() -> assertThat(web.game().events).containsExactly(events));
		await().until(() -> web.game().server.transport().connections().count() == 0);
		assertThat(web.game().events).containsExactly(events);
	}

	@Test
	default void aLongMessageIsTruncatedBetweenCharactersInTheCloseFrame() {
		try (WebServer web = serve(new WebGame()); JdkClient client = web.jdkClient().handshake()) {
			client.send(data(2, -1, "test.kick", "ż".repeat(100)));
			assertThat(client.read().text()).contains("ż".repeat(100));
			assertThat(client.awaitClose()).isEqualTo("1000 " + "ż".repeat(61));
		}
	}

	@Test
	default void aClosedSessionClosesItsSocket() {
		try (WebServer web = serve(new WebGame()); JdkClient client = web.jdkClient().handshake()) {
			client.send(data(2, -1, "test.close", "{}"));
			assertThat(client.awaitClose()).isEqualTo("1000 closed by the server");
			awaitNoClients(web);
		}
	}

	@Test
	default void aClientThatClosesLeavesNoSession() {
		try (WebServer web = serve(new WebGame()); JdkClient client = web.jdkClient().handshake()) {
			assertThat(web.game().sessions.count()).isOne();
			client.closePolitely();
			awaitNoClients(web);
		}
	}

	@Test
	default void aClientThatDisconnectsWithoutACloseFrameLeavesNoSession() {
		try (WebServer web = serve(new WebGame()); RawClient client = web.client().handshake()) {
			client.request(1, "test.join", "{}").readResponse(1);
			client.reset();
			awaitNoClients(web);
			assertThat(web.game().lobby.count()).isZero();
		}
	}

	@Test
	default void invalidPacketsEndTheConnection() {
		try (WebServer web = serve(new WebGame()); JdkClient client = web.jdkClient().handshake()) {
			client.send(concat(request(1, "{}"), new byte[] { 9, 0, 0, 0 }));
			RawPacket kick = client.read();
			if (kick.isResponse()) {
				kick = client.read();
			}
			assertThat(kick.text()).contains("protocol error");
			assertThat(client.awaitClose()).startsWith("1002 protocol error");
			awaitNoClients(web);
		}
	}

	@Test
	default void aPacketThatIsTooLongEndsTheConnection() {
		try (WebServer web = serve(new WebGame()); RawClient client = web.client().handshake()) {
			client.sendHex("04 01 00 01");
			assertThat(client.readKick()).contains("protocol error");
			client.reset();
			awaitNoClients(web);
		}
	}

	@Test
	default void dataBeforeTheHandshakeEndsTheConnection() {
		try (WebServer web = serve(new WebGame()); RawClient client = web.client()) {
			client.request(1, "test.echo", "{}");
			assertThat(client.readKick()).contains("handshake");
			client.reset();
			awaitNoClients(web);
		}
	}

	@Test
	default void aClientThatNeverCompletesTheHandshakeIsClosed() {
		try (WebServer web = serve(WebGame.withHandshakeTimeout(Duration.ofMillis(100)));
				JdkClient client = web.jdkClient()) {
			assertThat(client.awaitClose()).isEqualTo("4408 no handshake in time");
			awaitNoClients(web);
		}
	}

	@Test
	default void aSilentClientIsClosed() {
		try (WebServer web = serve(WebGame.withHeartbeat(Duration.ofSeconds(1)));
				JdkClient client = web.jdkClient().handshake()) {
			assertThat(client.awaitClose()).isEqualTo("4408 no heartbeat");
			awaitNoClients(web);
		}
	}

	@Test
	default void allClientsReceiveTheReasonWhenTheGameStops() {
		try (WebServer web = serve(new WebGame()); JdkClient client = web.jdkClient().handshake()) {
			web.game().server.stop();
			assertThat(client.awaitClose()).isEqualTo("1001 " + CloseReason.SHUTDOWN.message());
			assertThat(web.game().server.traffic().openConnections()).isZero();
		}
	}

	@Test
	default void aGameThatStopsCompletesPendingRequestsAndRejectsLaterOnes() {
		try (WebServer web = serve(WebGame.withGracePeriod(Duration.ofSeconds(20)));
				RawClient client = web.client().handshake()) {
			for (int i = 1; i <= 20; i++) {
				client.request(i, "test.wait", "{\"n\":" + i + "}");
			}
			await().until(() -> web.game().server.transport().connections().backlog() == 20);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(web.game().server::stop);
			await().until(() -> !web.game().server.isRunning());
			assertRefused(web, 503);
			await().until(() -> client.request(21, "no.such", "{}") != null
					&& web.game().server.transport().connections().lateMessages() > 0);
			assertThat(client.readResponse(21)).contains("503");
			web.game().gate.countDown();
			assertThat(responsesInOrder(client)).isEqualTo(20);
			assertThat(client.readEnd()).startsWith("close 1001 " + CloseReason.SHUTDOWN.message());
			client.reset();
			assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	/** Reads the responses to all requests sent before the stop, up to the end. */
	private static int responsesInOrder(RawClient client) {
		int count = 0;
		try {
			while (true) {
				RawPacket packet = client.readData();
				if (packet.id() != 21) {
					count++;
					assertThat(packet.payload()).isEqualTo("{\"n\":" + count + "}");
				}
			}
		}
		catch (RawClient.ClosedException ex) {
			return count;
		}
	}

	@Test
	default void aGameThatStopsFailsRequestsThatItCannotComplete() {
		try (WebServer web = serve(new WebGame()); RawClient client = web.client().handshake()) {
			client.request(1, "test.wait", "{}").request(2, "test.echo", "{}");
			await().until(() -> web.game().server.transport().connections().backlog() == 2);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(web.game().server::stop);
			assertThat(client.readResponse(1)).contains("408");
			assertThat(client.readResponse(2)).contains("503");
			assertThat(client.readEnd()).startsWith("close 1001 " + CloseReason.SHUTDOWN.message());
			client.reset();
			assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	@Test
	default void aWebServerThatStopsClosesItsClients() {
		try (WebServer web = serve(new WebGame()); RawClient client = web.client().handshake()) {
			web.stop();
			client.awaitClose();
			awaitNoClients(web);
		}
	}

	// Admission

	@Test
	default void theSessionKnowsTheAddressOfItsClient() {
		try (WebServer web = serve(new WebGame()); RawClient client = web.client("X-User: ada").handshake()) {
			assertThat(client.request(1, "test.whoAmI", "{}").readResponse(1)).contains("\"principal\":\"ada\"")
				.contains("\"transport\":\"" + transport() + "\"")
				.contains("\"address\":\"127.0.0.1\"")
				.contains("\"room\":[\"7\",\"8\"]")
				.contains("\"name\":[\"a b\"]");
		}
	}

	@Test
	default void validatorsReadPathAndHeadersOfTheRequest() {
		WebGame game = WebGame.withValidator((handshake) -> handshake.answerWith(Map.of("path", handshake.path(),
				"team", handshake.headers().get("x-team"), "query", handshake.queryParameters())));
		try (WebServer web = serve(game); RawClient client = web.client("X-Team: red", "X-Team: blue")) {
			assertThat(client.handshake("{}")).contains("\"path\":\"/nano\"")
				.contains("\"team\":[\"red\",\"blue\"]")
				.contains("\"room\":[\"7\",\"8\"]");
		}
	}

	@Test
	default void aSessionWithoutALoginHasNoPrincipal() {
		try (WebServer web = serve(new WebGame()); RawClient client = web.client().handshake()) {
			assertThat(client.request(1, "test.whoAmI", "{}").readResponse(1)).contains("\"principal\":\"nobody\"");
		}
	}

	@Test
	default void pagesOfThisHostAndOfListedOriginsMayConnect() {
		try (WebServer web = serve(new WebGame())) {
			web.client("Origin: http://127.0.0.1:" + web.port()).handshake().close();
			web.client("Origin: " + WebGame.LISTED_ORIGIN).handshake().close();
		}
	}

	@Test
	default void originsAreNormalisedForComparison() {
		try (WebServer web = serve(new WebGame())) {
			web.client("Origin: ws://127.0.0.1:" + web.port() + "/nano").handshake().close();
			web.client("Origin: " + WebGame.LISTED_ORIGIN + ":443/").handshake().close();
		}
	}

	@Test
	default void aRequestedSubprotocolIsEchoed() throws Exception {
		try (WebServer web = serve(new WebGame())) {
			WebSocket webSocket = HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.subprotocols("pomelo", "other")
				.buildAsync(URI.create("ws://127.0.0.1:" + web.port() + "/nano"), new WebSocket.Listener() {
				})
				.get(10, TimeUnit.SECONDS);
			assertThat(webSocket.getSubprotocol()).isEqualTo("pomelo");
			webSocket.abort();
		}
	}

	@Test
	default void theLogOfTheServerContainsNoUrlAndNoHeaderAtAnyLevel() {
		Logger server = (Logger) LoggerFactory.getLogger("io.nanogame");
		ListAppender<ILoggingEvent> logged = new ListAppender<>();
		logged.list = new CopyOnWriteArrayList<>();
		logged.start();
		Level level = server.getLevel();
		server.setLevel(Level.TRACE);
		server.addAppender(logged);
		try (WebServer web = serve(new WebGame())) {
			RawClient.webSocket(web.port(), "/nano?token=secret", "Authorization: secret").handshake().close();
			await().until(() -> lines(logged).anyMatch((line) -> line.contains("A connection has ended")));
			assertThat(lines(logged)).noneMatch((line) -> line.contains("secret"));
		}
		finally {
			server.detachAppender(logged);
			server.setLevel(level);
		}
	}

	private static Stream<String> lines(ListAppender<ILoggingEvent> logged) {
		return logged.list.stream().map(ILoggingEvent::getFormattedMessage);
	}

	@Test
	default void pagesOfOtherOriginsMayNotConnect() {
		try (WebServer web = serve(new WebGame())) {
			assertRefused(web, 403, "Origin: https://evil.example");
			assertRefused(web, 403, "Origin: http://127.0.0.1:1");
			assertRefused(web, 403, "Origin: null");
			assertThat(web.game().server.traffic().openConnections()).isZero();
		}
	}

	@Test
	default void aQueryThatCannotBeDecodedIsRejected() {
		try (WebServer web = serve(new WebGame())) {
			String beyondTheParsedParameters = "a&".repeat(80) + "%";
			for (String query : List.of("token=%zz", "%", beyondTheParsedParameters)) {
				assertThat(web.answerTo("GET", "/nano?" + query, "Upgrade: websocket", "Connection: Upgrade, close",
						"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
					.startsWith("HTTP/1.1 400");
			}
		}
	}

	@Test
	default void noClientIsAcceptedWhileTheGameDoesNotRun() {
		try (WebServer web = serve(new WebGame())) {
			web.game().server.stop();
			assertRefused(web, 503);
		}
	}

	@Test
	default void otherPathsOfTheAppAreUnaffected() {
		try (WebServer web = serve(new WebGame())) {
			assertThat(web.answerTo("GET", "/hello", "Connection: close")).contains(" 200").endsWith("hello");
		}
	}

	@Test
	default void aRequestForAPageIsNotAWebSocket() {
		try (WebServer web = serve(new WebGame())) {
			assertThat(web.answerTo("GET", "/nano", "Connection: close")).startsWith("HTTP/1.1 4");
			assertThat(web.answerTo("POST", "/nano", "Connection: close")).startsWith("HTTP/1.1 4");
		}
	}

	// Slow clients

	@Test
	default void aClientThatSendsTooFastIsThrottledWithoutLoss() {
		try (WebServer web = serve(WebGame.withMaxBacklog(4));
				RawClient client = web.client().handshake();
				RawClient other = web.client().handshake()) {
			for (int i = 1; i <= 100; i++) {
				client.request(i, "test.wait", "{\"n\":" + i + "}");
			}
			assertThat(other.request(1, "test.echo", "{}").readResponse(1)).isEqualTo("{}");
			assertThat(web.game().sessions.all())
				.allMatch((session) -> SessionHandle.of(session).queue().backlog() <= 4);
			web.game().gate.countDown();
			for (int i = 1; i <= 100; i++) {
				assertThat(client.readResponse(i)).isEqualTo("{\"n\":" + i + "}");
			}
		}
	}

	@Test
	default void aKickReachesAThrottledClient() {
		try (WebServer web = serve(WebGame.withMaxBacklog(4)); RawClient client = web.client().handshake()) {
			for (int i = 1; i <= 20; i++) {
				client.request(i, "test.wait", "{}");
			}
			await().until(() -> web.game().sessions.all()
				.stream()
				.allMatch((session) -> SessionHandle.of(session).queue().backlog() == 4));
			web.game().sessions.all().forEach((session) -> session.kick("enough"));
			assertThat(client.readKick()).contains("enough");
			client.reset();
			awaitNoClients(web);
		}
	}

	@Test
	default void aClientThatStopsReadingDoesNotAffectOthers() {
		try (WebServer web = serve(new WebGame());
				RawClient deaf = web.client().handshake();
				RawClient healthy = web.client().handshake()) {
			deaf.request(1, "test.join", "{}").readResponse(1);
			healthy.request(1, "test.join", "{}").readResponse(1);
			byte[] noise = ("\"" + "x".repeat(32 * 1024) + "\"").getBytes(StandardCharsets.UTF_8);
			int pushes = 0;
			while (web.game().lobby.count() == 2) {
				web.game().lobby.broadcast("onNoise", noise);
				assertThat(healthy.readPush("onNoise")).hasSize(noise.length);
				assertThat(++pushes).as("unread pushes").isLessThan(5000);
			}
			assertThat(healthy.request(2, "test.echo", "{}").readResponse(2)).isEqualTo("{}");
			await().untilAsserted(() -> assertThat(web.game().server.traffic().openConnections()).isOne());
			assertThat(web.game().server.traffic().closed("slow-consumer")).isOne();
		}
	}

	// Helpers

	private static void awaitNoClients(WebServer web) {
		await().untilAsserted(() -> {
			assertThat(web.game().sessions.count()).isZero();
			assertThat(web.game().server.traffic().openConnections()).isZero();
		});
	}

	@Test
	default void aClientAboveTheLimitIsRefusedUntilAConnectionCloses() {
		try (WebServer web = serve(WebGame.withMaxConnections(2)); RawClient stays = web.client().handshake()) {
			RawClient leaves = RawClient.tcp(web.game().server.port()).handshake();
			assertRefused(web, 503);
			assertThat(stays.request(1, "test.echo", "{}").readResponse(1)).isEqualTo("{}");
			assertThat(web.game().server.transport().limits().stream().mapToLong(Limit::timesExceeded).sum()).isOne();
			leaves.close();
			await().until(() -> !web.game().server.transport().connectionSlots().rejects(null));
			try (RawClient next = web.client().handshake()) {
				assertThat(next.request(1, "test.echo", "{}").readResponse(1)).isEqualTo("{}");
			}
			await().until(() -> !web.game().server.transport().connectionSlots().rejects(null));
		}
	}

	private static void assertRefused(WebServer web, int status, String... headers) {
		assertThatExceptionOfType(RawWebSocketClient.RefusedException.class).isThrownBy(() -> web.client(headers))
			.withMessageContaining(" " + status + " ");
	}

	private static byte[] request(long id, String body) {
		return data(0, id, "test.echo", body);
	}

	private static byte[] data(int flag, long id, String route, String body) {
		return RawClient.packet(RawPacket.DATA,
				RawClient.message(flag, id, route, body.getBytes(StandardCharsets.UTF_8)));
	}

	private static byte[] concat(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

}
