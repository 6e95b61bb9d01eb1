package io.nanogame.boot.autoconfigure;

import java.net.Socket;

import io.nanogame.connection.UnsuitableListenerException;
import io.nanogame.group.Groups;
import io.nanogame.lengthid.InvalidMessageIdException;
import io.nanogame.server.GameServer;
import io.nanogame.server.UnauthenticatedProtocolException;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawJsonClient;
import io.nanogame.test.RawLengthIdClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Ports of the protocol {@code length-id}.
 */
@ExtendWith(OutputCaptureExtension.class)
class LengthIdListenerTests {

	private static final String[] LISTENER = { "nano.listeners.games.port=0",
			"nano.listeners.games.protocols=length-id", "nano.listeners.games.websocket.enabled=false" };

	private final ApplicationContextRunner app = GameRunner.create().withBean(Hall.class).withPropertyValues(LISTENER);

	private static RawLengthIdClient client(GameServer server) throws Exception {
		return RawLengthIdClient.tcp(new Socket("127.0.0.1", server.port("games")));
	}

	@Test
	void clientsOfThreeProtocolsShareAGroup() {
		this.app
			.withPropertyValues("nano.server.protocols=pomelo,json", "nano.listeners.games.ids.onNews=12",
					"nano.listeners.games.ids[hall.shout]=8")
			.run((context) -> {
				GameServer server = context.getBean(GameServer.class);
				try (RawLengthIdClient numbers = client(server);
						RawClient pomelo = RawClient.tcp(server.port()).handshake();
						RawJsonClient json = RawJsonClient.tcp(new Socket("127.0.0.1", server.port()))) {
					assertThat(numbers.send(7, "{}").read()).hasToString("7 1");
					pomelo.request(1, "hall.enter", "{}");
					pomelo.readResponse(1);
					json.send("{\"route\":\"hall.enter\",\"id\":1}").read();
					numbers.send(8, "\"hello\"");
					assertThat(numbers.read()).hasToString("12 \"hello\"");
					assertThat(pomelo.readPush("onNews")).isEqualTo("\"hello\"");
					assertThat(json.read()).isEqualTo("{\"route\":\"onNews\",\"body\":\"hello\"}");
				}
			});
	}

	@Test
	void theConfigurationTakesPrecedenceOverTheAnnotation() {
		this.app
			.withPropertyValues("nano.listeners.games.ids[hall.enter]=300",
					"nano.listeners.games.length-id.byte-order=big-endian", "nano.listeners.games.length-id.id-bytes=2",
					"nano.listeners.games.length-id.length-bytes=2", "nano.listeners.games.length-id.id-first=true",
					"nano.listeners.games.length-id.length-counts=packet")
			.run((context) -> {
				try (RawLengthIdClient client = client(context.getBean(GameServer.class))) {
					client.wire().sendHex("012c 0004").finish();
					assertThat(client.wire().readText()).isEqualTo("\u0001,\u0000\u00051");
				}
			});
	}

	@Test
	void twoListenersHaveTheirOwnIds() {
		this.app
			.withPropertyValues("nano.server.protocols=length-id", "nano.server.websocket.enabled=false",
					"nano.server.ids[hall.enter]=1")
			.run((context) -> {
				GameServer server = context.getBean(GameServer.class);
				try (RawLengthIdClient own = RawLengthIdClient.tcp(new Socket("127.0.0.1", server.port()));
						RawLengthIdClient games = client(server)) {
					assertThat(own.send(1, "{}").read()).hasToString("1 1");
					assertThat(games.send(7, "{}").read()).hasToString("7 2");
				}
			});
	}

	@Test
	void packetsMayBeLargerThanThoseOfPomelo() {
		this.app.withPropertyValues("nano.server.max-packet-size=20MB").run((context) -> {
			try (RawLengthIdClient client = client(context.getBean(GameServer.class))) {
				byte[] body = ("\"" + "x".repeat(18 * 1024 * 1024) + "\"").getBytes();
				client.wire().send(RawLengthIdClient.packet(9, body));
				assertThat(client.read().body()).hasSameSizeAs(body);
			}
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nano.listeners.games.ids[hall.shout]            | 7          | is also the id of
			nano.listeners.games.ids[hall.shout]            | 4294967296 | does not fit into 4 byte(s)
			nano.listeners.games.ids[hall.shuot]            | 8          | component 'hall' has no such handler
			nano.listeners.games.length-id.error-id         | 7          | is also the id of errors
			nano.push.policies[onNews]                      | drop       | set 'nano.listeners.games.ids.onNews'
			nano.push.merge[onNews]                         | 50ms       | set 'nano.listeners.games.ids.onNews'
			""")
	void invalidIdsEndTheStart(String key, String value, String message) {
		this.app.withPropertyValues(key + "=" + value)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidMessageIdException.class,
						(ex) -> assertThat(ex.key()).isEqualTo("nano.listeners.games.ids"))
				.hasMessageContaining(message));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nano.listeners.games.length-id.id-bytes     | 3        | 1, 2 or 4
			nano.listeners.games.length-id.length-bytes | 8        | 1, 2 or 4
			nano.server.max-packet-size                 | 2147483000 | 256 to 2147482623
			""")
	void anInvalidValueIsReportedWithItsKey(String key, String value, String reason) {
		this.app.withPropertyValues(key + "=" + value).run(InvalidValue.reported(key, reason));
	}

	@Test
	void aListenerBesideAnotherProtocolOrTransportEndsTheStart() {
		this.app.withPropertyValues("nano.listeners.games.protocols=length-id,json")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(UnsuitableListenerException.class)
				.hasMessageContaining("beside the protocol 'json'"));
		this.app.withPropertyValues("nano.listeners.games.websocket.enabled=true")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOf(UnsuitableListenerException.class)
				.hasMessageContaining("beside both TCP and WebSocket"));
	}

	@Test
	void itIsNoWayAroundTheLogin() {
		ApplicationContextRunner guarded = this.app.withBean(HandshakeValidator.class, () -> (handshake) -> {
		});
		guarded.run((context) -> assertThat(context.getStartupFailure()).rootCause()
			.isInstanceOf(UnauthenticatedProtocolException.class));
		guarded.withPropertyValues("nano.listeners.games.allow-unauthenticated=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void theFailuresAreAnalyzed(CapturedOutput output) {
		fail("--nano.listeners.games.port=0", "--nano.listeners.games.protocols=length-id");
		assertThat(output).contains("Change 'nano.listeners.games.websocket.enabled', or serve 'length-id' on a port");
		fail("--nano.server.protocols=pomelo,raw");
		assertThat(output).contains("Change 'nano.server.protocols', or serve 'raw' on a port of its own");
		fail("--nano.listeners.games.port=0", "--nano.listeners.games.protocols=length-id",
				"--nano.listeners.games.websocket.enabled=false", "--nano.listeners.games.ids[hall.shout]=7");
		assertThat(output).contains("The ids of the protocol length-id are not valid")
			.contains("Set ids in 'nano.listeners.games.ids'");
	}

	private static void fail(String... properties) {
		SpringApplication application = new SpringApplicationBuilder(App.class).web(WebApplicationType.NONE).build();
		assertThatException().isThrownBy(() -> application.run(properties));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Hall.class)
	static class App {

	}

	@GameComponent("hall")
	static class Hall {

		private final Groups groups;

		private int count;

		Hall(Groups groups) {
			this.groups = groups;
			groups.create("hall");
		}

		@Handler(id = 7)
		synchronized int enter(Session session) {
			this.groups.find("hall").orElseThrow().add(session);
			return ++this.count;
		}

		@Handler
		void shout(String text) {
			this.groups.find("hall").orElseThrow().broadcast("onNews", text);
		}

		@Handler(id = 9)
		String echo(String text) {
			return text;
		}

	}

}
