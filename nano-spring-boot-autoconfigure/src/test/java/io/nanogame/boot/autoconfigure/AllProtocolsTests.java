package io.nanogame.boot.autoconfigure;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.server.GameServer;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawJsonClient;
import io.nanogame.test.RawLengthIdClient;
import io.nanogame.test.RawWebSocketClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * One app that serves all protocols at once: pomelo and json on its first port, length-id
 * and raw WebSockets on ports of their own.
 */
class AllProtocolsTests {

	private static final int ENTER = 7;

	private static final int NEWS = 12;

	private static final int ERROR = 1;

	private final ApplicationContextRunner app = GameRunner.create()
		.withBean(Hall.class)
		.withPropertyValues("nano.server.protocols=pomelo,json", "nano.listeners.numbers.port=0",
				"nano.listeners.numbers.protocols=length-id", "nano.listeners.numbers.tcp.enabled=false",
				"nano.listeners.numbers.ids.onNews=" + NEWS, "nano.listeners.numbers.length-id.error-id=" + ERROR,
				"nano.listeners.sockets.port=0", "nano.listeners.sockets.protocols=raw",
				"nano.listeners.sockets.raw.route=hall.raw");

	private final ApplicationContextRunner guarded = this.app
		.withBean(HandshakeValidator.class, () -> AllProtocolsTests::login)
		.withPropertyValues("nano.listeners.numbers.allow-unauthenticated=true");

	private static void login(Handshake handshake) {
		String uid = handshake.request().user().path("token").asString("");
		if (uid.isEmpty()) {
			uid = handshake.queryParameters().getOrDefault("token", List.of("")).get(0);
		}
		if (uid.isEmpty()) {
			throw new HandshakeRefusedException(401, "no token");
		}
		handshake.session().bind(uid);
	}

	@Test
	void aGroupReachesTheClientsOfAllProtocolsAndEachIsKickedInItsOwnWay() {
		this.app.run((context) -> {
			try (Clients clients = new Clients(context.getBean(GameServer.class), false)) {
				clients.enter();
				clients.receiveNews(context.getBean(Groups.class));
				context.getBean(Sessions.class).all().forEach((session) -> session.kick("over"));
				clients.areKicked("1000 over");
			}
		});
	}

	@Test
	void aMergedPushReachesTheClientsOfAllProtocols() {
		this.app.withPropertyValues("nano.push.merge.onNews=5s").run((context) -> {
			try (Clients clients = new Clients(context.getBean(GameServer.class), false)) {
				clients.enter();
				clients.receiveMergedNews(context.getBean(Groups.class));
			}
		});
	}

	@Test
	void aCloseCodeOfTheGameIsAKickForOtherProtocols() {
		this.app.run((context) -> {
			try (Clients clients = new Clients(context.getBean(GameServer.class), false)) {
				clients.enter();
				context.getBean(Sessions.class)
					.all()
					.forEach((session) -> session.close(CloseReason.webSocket(4001, "over")));
				clients.areKicked("4001 over");
			}
		});
	}

	@Test
	void clientsOfAllProtocolsLogIn() {
		this.guarded.run((context) -> {
			try (Clients clients = new Clients(context.getBean(GameServer.class), true)) {
				clients.enter();
				Sessions sessions = context.getBean(Sessions.class);
				for (String uid : List.of("pomelo", "json", "numbers", "sockets")) {
					assertThat(sessions.findByUid(uid)).hasSize(1);
				}
				clients.receiveNews(context.getBean(Groups.class));
				sessions.all().forEach((session) -> session.kick("over"));
				clients.areKicked("1000 over");
			}
		});
	}

	@Test
	void clientsOfAllProtocolsAreRejectedWithoutALogin() {
		this.guarded.run((context) -> {
			try (Clients clients = new Clients(context.getBean(GameServer.class), false)) {
				clients.areRejected();
				await().until(() -> context.getBean(GameServer.class).traffic().openConnections() == 0);
				assertThat(context.getBean(Sessions.class).count()).isZero();
				assertThat(context.getBean(Groups.class).find("hall").orElseThrow().count()).isZero();
			}
		});
	}

	/**
	 * A client of each protocol.
	 */
	private static final class Clients implements AutoCloseable {

		private final boolean login;

		private final RawClient pomelo;

		private final RawJsonClient json;

		private final RawLengthIdClient numbers;

		private final RawWebSocketClient sockets;

		Clients(GameServer server, boolean login) throws Exception {
			this.login = login;
			this.pomelo = RawClient.tcp(server.port());
			this.json = RawJsonClient.tcp(new Socket("127.0.0.1", server.port()));
			this.numbers = RawLengthIdClient.webSocket(new Socket("127.0.0.1", server.port("numbers")),
					login ? "/?token=numbers" : "/");
			this.sockets = (RawWebSocketClient) RawClient.webSocket(server.port("sockets"),
					login ? "/?token=sockets" : "/");
		}

		private String token(String uid) {
			return this.login ? "{\"token\":\"" + uid + "\"}" : "{}";
		}

		void enter() {
			this.pomelo.handshake("{\"user\":" + token("pomelo") + "}");
			this.pomelo.request(1, "hall.enter", "{}");
			assertThat(this.pomelo.readResponse(1)).isEqualTo("\"welcome\"");
			this.json.send("{\"handshake\":" + token("json") + "}").send("{\"route\":\"hall.enter\",\"id\":1}");
			assertThat(this.json.read()).startsWith("{\"handshake\":{\"code\":200");
			assertThat(this.json.read()).isEqualTo("{\"id\":1,\"body\":\"welcome\"}");
			assertThat(this.numbers.send(ENTER, "{}").read()).hasToString(ENTER + " \"welcome\"");
			this.sockets.sendFrame(0x81, bytes("enter"));
			assertThat(this.sockets.readTextMessage()).isEqualTo("welcome");
		}

		void receiveNews(Groups groups) {
			groups.find("hall").orElseThrow().broadcast("onNews", Map.of("n", 1));
			groups.find("hall").orElseThrow().broadcast("onNews", "text");
			assertThat(this.pomelo.readPush("onNews")).isEqualTo("{\"n\":1}");
			assertThat(this.pomelo.readPush("onNews")).isEqualTo("\"text\"");
			assertThat(this.json.read()).isEqualTo("{\"route\":\"onNews\",\"body\":{\"n\":1}}");
			assertThat(this.json.read()).isEqualTo("{\"route\":\"onNews\",\"body\":\"text\"}");
			assertThat(this.numbers.read()).hasToString(NEWS + " {\"n\":1}");
			assertThat(this.numbers.read()).hasToString(NEWS + " \"text\"");
			assertThat(this.sockets.readTextMessage()).isEqualTo("{\"n\":1}");
			assertThat(this.sockets.readTextMessage()).isEqualTo("text");
		}

		void receiveMergedNews(Groups groups) {
			Group hall = groups.find("hall").orElseThrow();
			hall.broadcast("onNews", Map.of("n", 1));
			hall.broadcast("onNews", "text");
			hall.leaveAll(); // ends the window
			String items = "{\"items\":[{\"n\":1},\"text\"]}";
			assertThat(this.pomelo.readPush("onNews")).isEqualTo(items);
			assertThat(this.json.read()).isEqualTo("{\"route\":\"onNews\",\"body\":" + items + "}");
			assertThat(this.numbers.read()).hasToString(NEWS + " " + items);
			assertThat(this.sockets.readTextMessage()).isEqualTo(items);
		}

		void areKicked(String closeFrame) {
			assertThat(this.pomelo.readKick()).contains("over");
			assertThat(this.json.read()).isEqualTo("{\"kick\":{\"reason\":\"over\"}}");
			assertThat(this.numbers.read()).hasToString(ERROR + " {\"code\":403,\"msg\":\"over\"}");
			assertThat(this.sockets.readClose()).isEqualTo(closeFrame);
			assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(this.json::read);
			assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(this.numbers::read);
			assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(this.sockets::receiveFrame);
		}

		void areRejected() {
			this.pomelo.send(RawClient.packet(1, bytes("{}")));
			assertThat(this.pomelo.read().text()).contains("401", "no token");
			assertThat(this.json.send("{\"route\":\"hall.enter\",\"id\":1}").read())
				.isEqualTo("{\"id\":1,\"error\":{\"code\":401,\"msg\":\"no token\"}}");
			assertThat(this.numbers.send(ENTER, "{}").read())
				.hasToString(ERROR + " {\"code\":401,\"msg\":\"no token\"}");
			this.sockets.sendFrame(0x81, bytes("enter"));
			assertThat(this.sockets.readClose()).isEqualTo("1008 no token");
		}

		private static byte[] bytes(String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public void close() {
			this.pomelo.close();
			this.json.close();
			this.numbers.close();
			this.sockets.close();
		}

	}

	@GameComponent("hall")
	static class Hall {

		private final Groups groups;

		Hall(Groups groups) {
			this.groups = groups;
			groups.create("hall");
		}

		@Handler(id = ENTER)
		String enter(Session session) {
			this.groups.find("hall").orElseThrow().add(session);
			return "welcome";
		}

		@Handler
		String raw(Session session, String text) {
			return text.equals("enter") ? enter(session) : text;
		}

	}

}
