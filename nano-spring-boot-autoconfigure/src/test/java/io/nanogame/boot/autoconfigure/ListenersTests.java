package io.nanogame.boot.autoconfigure;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.nanogame.boot.autoconfigure.actuate.NanoEndpoint;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.UnsuitableListenerException;
import io.nanogame.group.Groups;
import io.nanogame.lane.Timers;
import io.nanogame.limit.Limit;
import io.nanogame.route.Request;
import io.nanogame.server.GameServer;
import io.nanogame.server.UnauthenticatedProtocolException;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawJsonClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several ports, each with its protocols.
 */
class ListenersTests {

	private final ApplicationContextRunner app = GameRunner.create().withBean(Hall.class, Hall::new);

	private static RawJsonClient json(int port) throws Exception {
		return RawJsonClient.tcp(new Socket("127.0.0.1", port));
	}

	@Test
	void aPortServesPomeloOnlyByDefault() {
		this.app.run((context) -> {
			try (RawJsonClient client = json(context.getBean(GameServer.class).port())) {
				client.send("{\"route\":\"hall.shout\",\"id\":1,\"body\":{}}");
				client.wire().awaitClose();
			}
		});
	}

	@Test
	void clientsOfTwoProtocolsOnTwoPortsShareAnApp() {
		this.app
			.withPropertyValues("nano.listeners.pages.port=0", "nano.listeners.pages.address=127.0.0.1",
					"nano.listeners.pages.protocols=json")
			.run((context) -> {
				GameServer server = context.getBean(GameServer.class);
				int pages = server.port("pages");
				assertThat(server.listeners()).containsExactly("server", "pages");
				assertThat(context.getEnvironment().getProperty("local.nano.listeners.pages.port", Integer.class))
					.isEqualTo(pages);
				try (RawClient pomelo = RawClient.tcp(server.port()).handshake(); RawJsonClient json = json(pages)) {
					json.send("{\"route\":\"hall.enter\",\"id\":1}");
					assertThat(json.read()).isEqualTo("{\"id\":1,\"body\":1}");
					pomelo.request(1, "hall.enter", "{}");
					assertThat(pomelo.readResponse(1)).isEqualTo("2");
				}
			});
	}

	@Test
	void clientsOfTwoProtocolsOnOnePortShareAnApp() {
		this.app.withPropertyValues("nano.server.protocols=pomelo,json").run((context) -> {
			int port = context.getBean(GameServer.class).port();
			try (RawClient pomelo = RawClient.tcp(port).handshake(); RawJsonClient json = json(port)) {
				json.send("{\"route\":\"hall.enter\",\"id\":1}");
				assertThat(json.read()).isEqualTo("{\"id\":1,\"body\":1}");
				pomelo.request(1, "hall.enter", "{}");
				assertThat(pomelo.readResponse(1)).isEqualTo("2");
			}
		});
	}

	@Test
	void withoutTheGamePortTheNamedOnesAreThere() {
		this.app.withPropertyValues("nano.server.enabled=false", "nano.listeners.pages.port=0").run((context) -> {
			GameServer server = context.getBean(GameServer.class);
			assertThat(server.listeners()).containsExactly("pages");
			assertThat(server.port()).isEqualTo(server.port("pages")).isPositive();
			NanoEndpoint endpoint = new NanoEndpoint(server, context.getBean(Groups.class),
					context.getBean(Timers.class));
			assertThat(endpoint.nano().ports().listeners()).containsOnlyKeys("pages");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "pages", "my-pages", "myPages" })
	void anEnvironmentVariableOverridesThePortOfAListener(String name) {
		String variable = "NANO_LISTENERS_" + name.replace("-", "").toUpperCase(Locale.ROOT) + "_PORT";
		this.app.withPropertyValues("nano.listeners." + name + ".port=1", "nano.listeners." + name + ".protocols=json")
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(variable, "0"))))
			.run((context) -> assertThat(context.getBean(GameServer.class).listeners()).containsExactly("server",
					name));
	}

	@Test
	void aPortMayHaveALimitOfItsOwn() {
		this.app
			.withPropertyValues("nano.listeners.pages.port=0", "nano.listeners.pages.protocols=json",
					"nano.listeners.pages.max-connections=1")
			.run((context) -> {
				GameServer server = context.getBean(GameServer.class);
				try (RawJsonClient first = json(server.port("pages"))) {
					first.send("{\"route\":\"hall.enter\",\"id\":1}");
					assertThat(first.read()).isEqualTo("{\"id\":1,\"body\":1}");
					try (RawJsonClient second = json(server.port("pages"))) {
						second.send("{\"route\":\"hall.enter\",\"id\":1}");
						assertThat(second.read())
							.isEqualTo("{\"kick\":{\"reason\":\"too many connections\",\"reconnect\":true}}");
					}
					RawClient.tcp(server.port()).handshake().close();
				}
				assertThat(server.limits()).filteredOn((limit) -> limit.name().equals("connections.pages"))
					.singleElement()
					.satisfies((limit) -> assertThat(limit.timesExceeded()).isOne())
					.extracting(Limit::max)
					.isEqualTo(1);
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					nano.server.protocols                       | gopher  | Known protocols: [pomelo, json, raw, length-id]
					nano.server.protocols                       | ''      | at least one of [pomelo, json, raw, length-id]
					nano.listeners.a.protocols                  | gopher  | no protocol of this name
					nano.listeners.a.port                       | 65536   | 0 to 65535
					nano.listeners.server.port                  | 0       | reserved for the listener
					nano.listeners.a.max-connections            | -1      | not be negative
					nano.listeners.a.ssl.client-auth            | require | nano.listeners.a.ssl.bundle' the game port has no TLS
					nano.listeners.a.websocket.path             | game    | begin with a slash
					nano.listeners.a.websocket.allowed-origins  | game    | an origin with its scheme
					nano.listeners.a.proxy-protocol.trusted-addresses | x | neither an IP address
					nano.server.idle-timeout                    | 0       | above zero
					""")
	void anInvalidValueIsReportedWithItsKey(String key, String value, String reason) {
		this.app.withPropertyValues("nano.listeners.a.port=0", key + "=" + value)
			.run(InvalidValue.reported(key, reason));
	}

	@Test
	void aListenerNeedsAPortOfItsOwn() {
		this.app.withPropertyValues("nano.listeners.a.protocols=json")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("nano.listeners.a.port"));
		this.app.withPropertyValues("nano.listeners.a.port=3999", "nano.listeners.b.port=3999")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getReason()).contains("also the port of 'nano.listeners.a.port'")));
	}

	/** Its settings would be those of the web app. */
	@Test
	void noListenerHasTheNameOfTheWebAppsPort() {
		this.app.withPropertyValues("nano.listeners.[nano.web].port=0")
			.run(InvalidValue.reported("nano.listeners.nano.web.port", "reserved for the port of the web app"));
	}

	@Test
	void rawWebSocketsAreServedByOneHandler() {
		this.app
			.withPropertyValues("nano.listeners.sockets.port=0", "nano.listeners.sockets.address=127.0.0.1",
					"nano.listeners.sockets.protocols=raw", "nano.listeners.sockets.raw.route=hall.raw",
					"nano.listeners.sockets.websocket.subprotocols=chat.v2,chat.v1")
			.run((context) -> {
				int port = context.getBean(GameServer.class).port("sockets");
				CompletableFuture<String> received = new CompletableFuture<>();
				WebSocket socket = HttpClient.newHttpClient()
					.newWebSocketBuilder()
					.subprotocols("chat.v1", "chat.v2")
					.buildAsync(URI.create("ws://127.0.0.1:" + port + "/"), new TextListener(received))
					.get(10, TimeUnit.SECONDS);
				assertThat(socket.getSubprotocol()).isEqualTo("chat.v2");
				socket.sendText("hello", true);
				assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo("text: hello");
				socket.abort();
			});
	}

	@ParameterizedTest
	@CsvSource({ "'nano.server.protocols=pomelo,raw',",
			"nano.server.protocols=raw, nano.server.websocket.enabled=false" })
	void aPortThatCannotServeRawWebSocketsEndsTheStart(String protocols, String other) {
		this.app.withPropertyValues(protocols, (other != null) ? other : "nano.server.port=0")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(UnsuitableListenerException.class)
				.hasMessageContaining("'raw'"));
	}

	@Test
	void aProtocolOfTheAppIsServedWhereItIsNamed() {
		this.app.withBean(Protocol.class, MuteProtocol::new)
			.withPropertyValues("nano.listeners.a.port=0", "nano.listeners.a.protocols=mute")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aProtocolThatCannotIntroduceItsClientsIsNoWayAroundTheLogin() {
		ApplicationContextRunner guarded = this.app.withBean(Protocol.class, MuteProtocol::new)
			.withBean(HandshakeValidator.class, () -> (handshake) -> {
			})
			.withPropertyValues("nano.listeners.a.port=0", "nano.listeners.a.protocols=mute");
		guarded.run((context) -> assertThat(context.getStartupFailure()).rootCause()
			.isInstanceOf(UnauthenticatedProtocolException.class)
			.hasMessageContaining("Listener 'a' serves the protocol 'mute'"));
		guarded.withPropertyValues("nano.listeners.a.allow-unauthenticated=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@GameComponent("hall")
	static class Hall {

		private int count;

		@Handler
		synchronized int enter() {
			return ++this.count;
		}

		@Handler
		String raw(Request request, String text) {
			return (request.isText() ? "text: " : "bytes: ") + text;
		}

	}

	private record TextListener(CompletableFuture<String> received) implements WebSocket.Listener {

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.received.complete(data.toString());
			return null;
		}

	}

}
