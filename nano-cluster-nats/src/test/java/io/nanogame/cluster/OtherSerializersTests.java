package io.nanogame.cluster;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.group.Audience;
import io.nanogame.group.Group;
import io.nanogame.protocol.Message;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.Introduction;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions of a gateway whose serializer is not that of the nodes: one whose form other
 * nodes cannot write, and one whose form is JSON text, which they write without knowing.
 */
class OtherSerializersTests {

	private final NatsServer nats = new NatsServer();

	private final TestNode gate = TestNode.withLogins(this.nats, "gate", true, LoginPolicy.SEVERAL);

	private final TestNode room = TestNode.withLogins(this.nats, "room", false, LoginPolicy.SEVERAL);

	private final ExecutorService loop = Executors.newSingleThreadExecutor();

	private final Recorded foreign = new Recorded(this.loop);

	private final Recorded text = new Recorded(this.loop);

	@BeforeEach
	void start() {
		this.room.lane("room.echo", (request) -> {
			request.session().push("onEcho", new Text("pushed"));
			return request.body();
		}).lane("room.bytes", (request) -> new byte[] { 1, 2 }).start();
		this.gate.start();
		for (TestNode node : List.of(this.gate, this.room)) {
			Awaitility.await().until(() -> node.cluster.nodes().others().size() == 1);
		}
	}

	@AfterEach
	void stop() {
		this.gate.close();
		this.room.close();
		this.nats.close();
		this.loop.shutdownNow();
	}

	private Session open(Recorded connection, Payloads payloads) {
		SessionRegistry registry = SessionRegistry.of(this.gate.sessions);
		registry.allPayloads().addOfProtocol(payloads);
		Session session = registry.create(connection, Introduction.UNKNOWN, payloads);
		registry.open(session);
		return session;
	}

	private Session openForeign() {
		return open(this.foreign, new Payloads(new Brackets()));
	}

	private Session openText() {
		return open(this.text, Payloads.jsonText(new JsonSerializer(JsonMapper.shared())));
	}

	private void request(Session session, long id, String route, String body) {
		Message message = Message.request(id, route, bytes(body));
		this.loop.execute(() -> this.gate.cluster.route(session, message, Map.of(), System.nanoTime(),
				System.nanoTime() + 5_000_000_000L));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void aMessageThatTheOtherNodeCouldNotReadIsRefused() {
		Session session = openForeign();
		request(session, 1, "room.echo", "[hi]");
		request(session, 2, "nowhere.echo", "[hi]");
		this.foreign.awaitSent("error 1 [501 not available with this serializer]", "error 2 [404 no such route]");
		assertThat(this.room.sessions.count()).isZero();
	}

	@Test
	void aMessageOfJsonTextIsAnsweredAndPushesOfTheOtherNodeAreDelivered() {
		Session session = openText();
		request(session, 1, "room.echo", "\"hi\"");
		this.text.awaitSent("push onEcho {\"text\":\"pushed\"}", "response 1 \"hi\"");
	}

	@Test
	void bytesOfAnotherNodeThatAreNotJsonAreBase64() {
		Session session = openText();
		request(session, 1, "room.bytes", "{}");
		this.text.awaitSent("response 1 \"AQI=\"");
	}

	@Test
	void pushesOfOtherNodesAreDroppedForThatSessionOnly() {
		Group lobby = this.room.groups.get("lobby");
		this.room.flush();
		Session unreadable = openForeign();
		for (Session session : List.of(unreadable, openText())) {
			session.bind("ann");
			this.gate.groups.get("lobby").add(session);
		}
		this.gate.flush();
		Awaitility.await().until(() -> lobby.count() == 2);
		this.room.cluster.pushes().push(new Audience.Players(Set.of("ann")), "onNews", 1);
		this.room.cluster.users().push("ann", "onNews", 2);
		lobby.broadcast("onNews", 3);
		lobby.multicast("onNews", 4, (member) -> true);
		lobby.members().forEach((member) -> member.push("onNews", 5));
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.text.sent).containsExactlyInAnyOrder("push onNews 1", "push onNews 2",
					"push onNews 3", "push onNews 4", "push onNews 5"));
		unreadable.push("onNews", "end");
		this.foreign.awaitSent("push onNews [end]");
	}

	@Test
	void pushesOfItsOwnNodeAreDeliveredToBoth() {
		for (Session session : List.of(openForeign(), openText())) {
			session.bind("ann");
			this.gate.groups.get("lobby").add(session);
		}
		this.gate.cluster.pushes().push(new Audience.Players(Set.of("ann")), "onNews", "1");
		this.gate.cluster.users().push("ann", "onNews", "2");
		this.gate.cluster.users().push(List.of("ann"), "onNews", "3");
		this.gate.groups.get("lobby").broadcast("onNews", "4");
		this.foreign.awaitSent("push onNews [1]", "push onNews [2]", "push onNews [3]", "push onNews [4]");
		this.text.awaitSent("push onNews \"1\"", "push onNews \"2\"", "push onNews \"3\"", "push onNews \"4\"");
	}

}
