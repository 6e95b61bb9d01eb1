package io.nanogame.boot.autoconfigure.web;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.nanogame.boot.autoconfigure.RunningApp;
import io.nanogame.net.AddressFilter;
import io.nanogame.net.OriginFilter;
import io.nanogame.server.GameServer;
import io.nanogame.session.Sessions;
import io.nanogame.test.RawClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The game on the port of a real app's web server.
 */
class WebPathTests {

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void theGameIsUnderItsPath(WebApplicationType type) {
		try (RunningApp app = RunningApp.start(type, "nano.web.path=/game");
				RawClient client = RawClient.webSocket(app.webPort(), "/game").handshake()) {
			client.request(1, "room.greet", "{\"name\":\"Ada\"}");
			assertThat(client.readResponse(1)).isEqualTo("{\"words\":\"Hello Ada\"}");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void bothPortsLeadToTheSameGame(WebApplicationType type) {
		try (RunningApp app = RunningApp.start(type, "nano.web.path=/game");
				RawClient web = RawClient.webSocket(app.webPort(), "/game").handshake();
				RawClient own = RawClient.tcp(app.gamePort()).handshake()) {
			web.sendHex("03000000").read();
			own.sendHex("03000000").read();
			assertThat(app.bean(Sessions.class).count()).isEqualTo(2);
			assertThat(app.bean(GameServer.class).traffic().openConnections()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void rawWebSocketsHaveTheRouteAndTheSubprotocolsOfThePath(WebApplicationType type) throws Exception {
		try (RunningApp app = RunningApp.start(type, "nano.web.path=/game", "nano.web.protocols=raw",
				"nano.web.raw.route=room.greet", "nano.web.subprotocols=chat.v2,chat.v1")) {
			CompletableFuture<String> received = new CompletableFuture<>();
			WebSocket socket = HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.subprotocols("chat.v1", "chat.v2")
				.buildAsync(URI.create("ws://127.0.0.1:" + app.webPort() + "/game"), new WebSocket.Listener() {

					@Override
					public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
						received.complete(text.toString());
						return null;
					}

				})
				.get(10, TimeUnit.SECONDS);
			assertThat(socket.getSubprotocol()).isEqualTo("chat.v2");
			socket.sendText("{\"name\":\"Ada\"}", true);
			assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo("{\"words\":\"Hello Ada\"}");
			socket.abort();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void theGameIsServedOnlyAtTheConfiguredPath(WebApplicationType type) {
		try (RunningApp app = RunningApp.start(type)) {
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> RawClient.webSocket(app.webPort(), "/game"));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void pagesOfOtherOriginsAreRefusedUnlessAllowed(WebApplicationType type) {
		try (RunningApp app = RunningApp.start(type, "nano.web.path=/game",
				"nano.server.websocket.allowed-origins=https://good.example")) {
			RawClient.webSocket(app.webPort(), "/game", "Origin: https://good.example").close();
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> RawClient.webSocket(app.webPort(), "/game", "Origin: https://evil.example"));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void filtersOfTheAppDecideOnBothPorts(WebApplicationType type) {
		Set<InetAddress> banned = ConcurrentHashMap.newKeySet();
		OriginFilter partners = (origin, request) -> origin.endsWith(".partner.example")
				&& request.headers().containsKey("x-game");
		AddressFilter notBanned = (address) -> !banned.contains(address);
		try (RunningApp app = RunningApp.startWith(type, List.of(partners, notBanned), "nano.web.path=/game")) {
			for (int port : List.of(app.webPort(), app.gamePort())) {
				RawClient.webSocket(port, "/game", "Origin: https://a.partner.example", "X-Game: chess").close();
				assertThatExceptionOfType(RuntimeException.class)
					.isThrownBy(() -> RawClient.webSocket(port, "/game", "Origin: https://a.partner.example"))
					.withMessageContaining("403");
			}
			banned.add(InetAddress.getLoopbackAddress());
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> RawClient.webSocket(app.webPort(), "/game"))
				.withMessageContaining("403");
			try (RawClient client = RawClient.tcp(app.gamePort())) {
				assertThat(client.readEnd()).isEqualTo("end");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void anOriginFilterThatThrowsAnErrorRejectsThePageOnBothPorts(WebApplicationType type) {
		OriginFilter recursive = (origin, request) -> {
			throw new StackOverflowError();
		};
		try (RunningApp app = RunningApp.startWith(type, List.of(recursive), "nano.web.path=/game")) {
			for (int port : List.of(app.webPort(), app.gamePort())) {
				assertThatExceptionOfType(RuntimeException.class)
					.isThrownBy(() -> RawClient.webSocket(port, "/game", "Origin: https://a.partner.example"))
					.withMessageContaining("403");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void anAddressFilterThatThrowsAnErrorRejectsTheClientOnBothPorts(WebApplicationType type) {
		AddressFilter recursive = (address) -> {
			throw new StackOverflowError();
		};
		try (RunningApp app = RunningApp.startWith(type, List.of(recursive), "nano.web.path=/game")) {
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> RawClient.webSocket(app.webPort(), "/game"))
				.withMessageContaining("403");
			try (RawClient client = RawClient.tcp(app.gamePort())) {
				assertThat(client.readEnd()).isEqualTo("end");
			}
			await().until(() -> app.bean(GameServer.class).traffic().closed("address-denied") == 1);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void addressesAreDeniedOnTheWebServerToo(WebApplicationType type) throws Exception {
		try (RunningApp app = RunningApp.start(type, "nano.web.path=/game", "nano.server.addresses.denied=127.0.0.1")) {
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> RawClient.webSocket(app.webPort(), "/game"))
				.withMessageContaining("403");
			assertThat(app.get("/actuator/health").statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void otherPathsOfTheWebServerAreUnaffected(WebApplicationType type) throws Exception {
		try (RunningApp app = RunningApp.start(type, "nano.web.path=/game")) {
			assertThat(app.get("/actuator/health").statusCode()).isEqualTo(200);
			assertThat(app.get("/other").statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void theAppEndsWhileClientsAreConnected(WebApplicationType type) {
		RunningApp app = RunningApp.start(type, "nano.web.path=/game");
		try (RawClient client = RawClient.webSocket(app.webPort(), "/game").handshake()) {
			app.close();
			assertThat(client.readEnd()).contains("close 1001 the server is shutting down");
		}
	}

}
