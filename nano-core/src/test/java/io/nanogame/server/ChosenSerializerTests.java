package io.nanogame.server;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.nanogame.group.Group;
import io.nanogame.net.ListenerSettings;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.route.Route;
import io.nanogame.route.Route.Bodies;
import io.nanogame.session.Brackets;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawJsonClient;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Clients whose serializer was chosen by a handshake validator.
 */
class ChosenSerializerTests {

	private final AtomicReference<Handshake> last = new AtomicReference<>();

	private final TestServer server = new TestServer();

	private final Group lobby = this.server.groups.create("lobby");

	ChosenSerializerTests() {
		this.server
			.route(Route.of("test.hello", this::hello)
				.with(Bodies.prepared(this.server.payloads,
						(payloads) -> new Bodies(payloads.reader(String.class), payloads.writer(String.class)))))
			.lane("test.fail", (request) -> {
				throw new RequestException(418, "a teapot");
			})
			.listener((listener) -> listener.with(ListenerSettings.defaults().withProtocols(List.of("pomelo", "json"))))
			.with((builder) -> builder.serializers(List.of(new Brackets("brackets")))
				.handshakeValidators(List.of(this::choose)))
			.start();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void choose(Handshake handshake) {
		this.last.set(handshake);
		String name = handshake.request().user().path("serializer").asString("");
		if (!name.isEmpty()) {
			handshake.session().push("onNews", "dropped");
			handshake.serializer(name);
			handshake.session().push("onNews", "dropped");
		}
		if (handshake.request().user().path("refused").asBoolean(false)) {
			throw new HandshakeRefusedException("no");
		}
	}

	private Object hello(Request request) {
		this.lobby.add(request.session());
		request.session().push("onHello", "pushed");
		return "hello " + request.payload();
	}

	private static String user(String name) {
		return "{\"user\":{\"serializer\":\"" + name + "\"}}";
	}

	@Test
	void everythingAfterTheHandshakeUsesTheChosenSerializer() {
		try (RawClient client = this.server.tcp()) {
			assertThat(client.handshake(user("brackets"))).contains("\"serializer\":\"brackets\"");
			client.request(1, "test.hello", "[ann]");
			assertThat(client.readPush("onHello")).isEqualTo("[pushed]");
			assertThat(client.readResponse(1)).isEqualTo("[hello ann]");
			client.request(2, "test.fail", "[]");
			assertThat(client.readResponse(2)).isEqualTo("[a teapot]");
			client.request(3, "test.missing", "[]");
			assertThat(client.readResponse(3)).startsWith("[").doesNotContain("code");
		}
	}

	@Test
	void aGroupReachesClientsOfAllSerializersAlsoWhenTheyReconnectWithAnother() {
		try (RawClient brackets = this.server.tcp();
				RawClient json = this.server.webSocket();
				RawJsonClient text = Line.TCP.connectJson(this.server.port(), 0)) {
			brackets.handshake(user("brackets"));
			assertThat(json.handshake("{}")).contains("\"serializer\":\"json\"");
			brackets.request(1, "test.hello", "[ann]").readResponse(1);
			json.request(1, "test.hello", "\"bob\"").readResponse(1);
			text.send("{\"route\":\"test.hello\",\"id\":1,\"body\":\"cid\"}");
			assertThat(text.read()).isEqualTo("{\"route\":\"onHello\",\"body\":\"pushed\"}");
			assertThat(text.read()).isEqualTo("{\"id\":1,\"body\":\"hello cid\"}");
			this.lobby.broadcast("onNews", "hi");
			assertThat(brackets.readPush("onNews")).isEqualTo("[hi]");
			assertThat(json.readPush("onNews")).isEqualTo("\"hi\"");
			assertThat(text.read()).isEqualTo("{\"route\":\"onNews\",\"body\":\"hi\"}");
		}
		try (RawClient again = this.server.tcp()) {
			assertThat(again.handshake("{}")).contains("\"serializer\":\"json\"");
			again.request(1, "test.hello", "\"ann\"");
			assertThat(again.readPush("onHello")).isEqualTo("\"pushed\"");
		}
	}

	@Test
	void anUnknownSerializerRefusesTheClient() {
		try (RawClient client = this.server.tcp()) {
			client.send(RawClient.packet(1, TestServer.bytes(user("xml"))));
			assertThat(client.read().text()).contains("\"code\":500").doesNotContain("xml");
			client.awaitClose();
		}
		assertThat(this.server.sessions.count()).isZero();
	}

	@Test
	void aClientThatIsRefusedAfterTheChoiceReceivesTheReason() {
		try (RawClient client = this.server.tcp()) {
			client.send(
					RawClient.packet(1, TestServer.bytes("{\"user\":{\"serializer\":\"brackets\",\"refused\":true}}")));
			assertThat(client.read().text()).isEqualTo("{\"code\":500,\"msg\":\"no\",\"sys\":{}}");
			client.awaitClose();
		}
	}

	@Test
	void aClientOfJsonTextCanHaveNoOtherSerializer() {
		try (RawJsonClient client = Line.TCP.connectJson(this.server.port(), 0)) {
			client.send("{\"handshake\":{\"serializer\":\"brackets\"}}");
			assertThat(client.read()).startsWith("{\"error\":{\"code\":500");
			assertThatExceptionOfType(RawClient.ClosedException.class).isThrownBy(client::read);
		}
		try (RawJsonClient client = Line.TCP.connectJson(this.server.port(), 0)) {
			client.send("{\"handshake\":{\"serializer\":\"json\"}}");
			assertThat(client.read()).isEqualTo("{\"handshake\":{\"code\":200}}");
		}
	}

	@Test
	void theChoiceIsOverBeforeTheReplyToTheHandshake() {
		try (RawClient client = this.server.tcp()) {
			// Not acknowledged: the session is not open.
			client.send(RawClient.packet(1, TestServer.bytes(user("brackets"))));
			assertThat(client.read().text()).contains("\"serializer\":\"brackets\"");
			assertThatIllegalStateException().isThrownBy(() -> this.last.get().serializer("json"));
			client.sendHex("02000000");
			await().until(() -> this.server.sessions.count() == 1);
			Session session = this.server.sessions.all().iterator().next();
			assertThat(session.payloads().serializer().name()).isEqualTo("brackets");
		}
	}

	@Test
	void aPushThatWasCreatedBeforeTheChoiceIsDroppedAlsoOnceTheSessionIsOpen() {
		try (RawClient client = this.server.tcp()) {
			client.handshake(user("brackets"));
			await().until(() -> this.server.sessions.count() == 1);
			Session session = this.server.sessions.all().iterator().next();
			long dropped = this.server.server().traffic().pushesDropped();
			SessionHandle.of(session)
				.connection()
				.send(OutboundMessage.push("onNews", "created before", this.server.payloads));
			session.push("onNews", "hi");
			assertThat(client.readPush("onNews")).isEqualTo("[hi]");
			assertThat(this.server.server().traffic().pushesDropped()).isEqualTo(dropped + 1);
		}
	}

	@Test
	void aRepeatedHandshakeNamesTheSameSerializer() {
		try (RawClient client = this.server.tcp()) {
			client.handshake(user("brackets"));
			client.send(RawClient.packet(1, TestServer.bytes("{}")));
			RawPacket packet = client.read();
			while (packet.type() != RawPacket.HANDSHAKE) {
				packet = client.read();
			}
			assertThat(packet.text()).contains("\"serializer\":\"brackets\"");
		}
	}

}
