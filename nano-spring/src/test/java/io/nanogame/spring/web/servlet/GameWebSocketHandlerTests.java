package io.nanogame.spring.web.servlet;

import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.nanogame.lane.Lanes;
import io.nanogame.spring.web.JdkClient;
import io.nanogame.spring.web.JsonWebSocketContract;
import io.nanogame.spring.web.RawWebSocketContract;
import io.nanogame.spring.web.ResumeContract;
import io.nanogame.spring.web.WebGame;
import io.nanogame.spring.web.WebServer;
import io.nanogame.spring.web.WebSocketContract;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The game on Tomcat.
 */
class GameWebSocketHandlerTests
		implements WebSocketContract, ResumeContract, JsonWebSocketContract, RawWebSocketContract {

	private static final Duration SEND_LIMIT = Duration.ofMillis(500);

	@Override
	public WebServer serve(WebGame game) {
		return new TomcatWebServer(game, SEND_LIMIT);
	}

	@Override
	public WebServer serveRaw(WebGame game) {
		return new TomcatWebServer(game, SEND_LIMIT, List.of("raw"));
	}

	@Override
	public String transport() {
		return "servlet";
	}

	@Test
	void compressionIsNotNegotiated() {
		try (WebServer web = serve(WebGame.withHandshakeTimeout(Duration.ofMillis(100)))) {
			byte[] request = web.request("GET", "/nano", "Upgrade: websocket", "Connection: Upgrade",
					"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
					"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
			byte[] closeFrame = { (byte) 0x88, (byte) 0x80, 0, 0, 0, 0 };
			byte[] both = Arrays.copyOf(request, request.length + closeFrame.length);
			System.arraycopy(closeFrame, 0, both, request.length, closeFrame.length);
			assertThat(web.answerTo(both)).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("deflate");
		}
	}

	/** Tomcat's default is 30 seconds, and it checks every ten seconds. */
	@Test
	void theWaitForACloseFrameIsShort() {
		try (WebServer web = serve(new WebGame())) {
			byte[] request = web.request("GET", "/nano", "Upgrade: websocket", "Connection: Upgrade",
					"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
			byte[] invalidPacket = { (byte) 0x82, (byte) 0x84, 0, 0, 0, 0, 9, 0, 0, 0 };
			byte[] both = Arrays.copyOf(request, request.length + invalidPacket.length);
			System.arraycopy(invalidPacket, 0, both, request.length, invalidPacket.length);
			long begin = System.nanoTime();
			assertThat(web.answerTo(both)).startsWith("HTTP/1.1 101").contains("unknown protocol");
			assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(7));
		}
	}

	@Test
	void aClientThatIsRejectedWhileItConnectsIsCountedAsDisconnected() throws Exception {
		try (WebGame game = WebGame.withMaxConnections(1); RawClient first = RawClient.tcp(game.server.port())) {
			first.handshake();
			// Its workers are the calling thread, so that the rejection is the next step.
			GameWebSocketHandler handler = new GameWebSocketHandler(game.server, new Lanes(Runnable::run, 100),
					game.timers, WebGame.clients(WebGame.PROTOCOLS));
			WebSocketSession session = containerSession(handler);
			handler.afterConnectionEstablished(session);
			assertThat(game.server.traffic().closed("too-many-connections")).isOne();
			assertThat(game.server.traffic().connections("servlet")).isZero();
		}
	}

	/** Like a container's, it reports its end before {@code close} returns. */
	private static WebSocketSession containerSession(GameWebSocketHandler handler) {
		Map<String, Object> attributes = new ConcurrentHashMap<>();
		return (WebSocketSession) Proxy.newProxyInstance(WebSocketSession.class.getClassLoader(),
				new Class<?>[] { WebSocketSession.class }, (session, method, arguments) -> {
					if (method.getName().equals("close")) {
						handler.afterConnectionClosed((WebSocketSession) session, (CloseStatus) arguments[0]);
					}
					return switch (method.getName()) {
						case "getAttributes" -> attributes;
						case "getHandshakeHeaders" -> new HttpHeaders();
						default -> null;
					};
				});
	}

	@Test
	void theEndOfAConnectionReleasesTheContainersThread() {
		try (WebServer web = serve(WebGame.withMaxBacklog(4)); RawClient client = web.client().handshake()) {
			for (int i = 1; i <= 20; i++) {
				client.request(i, "test.wait", "{}");
			}
			await().until(this::aThreadWaits);
			web.game().sessions.all().forEach((session) -> session.kick("enough"));
			await().until(() -> !aThreadWaits());
		}
	}

	@Test
	void theContainersThreadIsReleasedWhenNoWorkerIsFree() {
		try (WebServer web = serve(WebGame.withMaxBacklog(4)); RawClient client = web.client().handshake()) {
			for (int i = 1; i <= 20; i++) {
				client.request(i, "test.wait", "{}");
			}
			await().until(this::aThreadWaits);
			web.game().workers.shutdown();
			web.game().sessions.all().forEach((session) -> session.kick("enough"));
			await().until(() -> !aThreadWaits());
		}
	}

	private boolean aThreadWaits() {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.flatMap(Arrays::stream)
			.anyMatch((frame) -> frame.getClassName().equals(ServletWire.class.getName())
					&& frame.getMethodName().equals("receive"));
	}

	@Test
	void pendingBroadcastsOfAClientThatDoesNotReadAreBounded() {
		try (WebServer web = new TomcatWebServer(new WebGame(), Duration.ofMinutes(1));
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
		}
	}

	@Test
	void aClientThatReceivesAResponseTooSlowlyIsClosed() {
		try (WebServer web = serve(new WebGame()); RawClient deaf = web.client().handshake()) {
			String body = "\"" + "x".repeat(60_000) + "\"";
			assertThatExceptionOfType(UncheckedIOException.class).as("closed during the request").isThrownBy(() -> {
				for (int id = 1; id <= 5000; id++) {
					deaf.request(id, "test.echo", body);
				}
			});
			await().until(() -> web.game().sessions.count() == 0);
			await().until(() -> web.game().server.traffic().closed("slow-consumer") == 1);
		}
	}

	@Test
	void aClientThatDoesNotReadBlocksTheWorkerForALimitedTime() {
		try (WebServer web = serve(WebGame.withThreads(1));
				RawClient deaf = web.client().handshake();
				RawClient healthy = web.client().handshake()) {
			deaf.request(1, "test.join", "{}").readResponse(1);
			byte[] noise = ("\"" + "x".repeat(60_000) + "\"").getBytes(StandardCharsets.UTF_8);
			long begin = System.nanoTime();
			for (int id = 1; web.game().lobby.count() == 1; id++) {
				web.game().lobby.broadcast("onNoise", noise);
				assertThat(healthy.request(id, "test.echo", "{}").readResponse(id)).isEqualTo("{}");
			}
			assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(10));
		}
	}

	@Test
	void aClientIsClosedAndLeavesNoSessionWhenNoWorkerIsFree() throws InterruptedException {
		try (WebServer web = serve(new WebGame()); JdkClient client = web.jdkClient().handshake()) {
			web.game().workers.shutdown();
			assertThat(web.game().workers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
			client.send(new byte[] { 3, 0, 0, 0 });
			assertThat(client.awaitClose()).startsWith("1013");
			await().until(() -> web.game().sessions.count() == 0);
			assertThat(web.game().server.traffic().openConnections()).isZero();
		}
	}

	@Test
	void theReplyOfAHandlerOnTheLoopKeepsItsOrder() {
		try (WebServer web = serve(new WebGame()); JdkClient client = web.jdkClient().handshake()) {
			byte[] push = data(1, "test.push");
			byte[] fast = data(2, "test.fastEcho");
			byte[] both = Arrays.copyOf(push, push.length + fast.length);
			System.arraycopy(fast, 0, both, push.length, fast.length);
			client.send(both);
			assertThat(client.read().isPush()).isTrue();
			assertThat(client.read().id()).isEqualTo(1);
			assertThat(client.read().id()).isEqualTo(2);
		}
	}

	private static byte[] data(long id, String route) {
		return RawClient.packet(4, RawClient.message(0, id, route, "{}".getBytes(StandardCharsets.UTF_8)));
	}

}
