package io.nanogame.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.cluster.backend.RemoteSession;
import io.nanogame.route.Request;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.LoginRefusedException;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawResumingClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Logins and resumes of one session on several gateways, and logins that are refused. */
class MixedLoginsTests {

	private final NatsServer nats = new NatsServer();

	private final TestNode first = gateway("first");

	private final TestNode second = gateway("second");

	private final TestNode third = gateway("third");

	private final List<TestNode> nodes = List.of(this.first, this.second, this.third);

	private final List<RawClient> clients = new ArrayList<>();

	private volatile boolean banned;

	private TestNode gateway(String name) {
		TestNode node = TestNode.withLogins(this.nats, name, true, LoginPolicy.CONTINUE);
		node.sessions.addListener(new SessionListener() {

			@Override
			public void binding(Session session, String uid) {
				if (MixedLoginsTests.this.banned) {
					throw new LoginRefusedException("banned");
				}
			}

		});
		return node.lane(name + ".login", MixedLoginsTests::login)
			.lane(name + ".count", (request) -> request.session().uid() + request.session().attributes().getInt("n"))
			.validator((handshake) -> {
				String uid = handshake.request().user().path("uid").asString("");
				if (!uid.isEmpty()) {
					handshake.session().bind(uid);
				}
			})
			.validator((handshake) -> {
				if (handshake.request().user().path("old").asBoolean(false)) {
					throw new HandshakeRefusedException(501, "too old");
				}
			});
	}

	private static Object login(Request request) {
		Session player = request.session().bind("ann");
		player.attributes().set("n", player.attributes().getInt("n") + 1);
		return player.id() + " " + player.attributes().getInt("n");
	}

	@BeforeEach
	void start() {
		this.nodes.forEach(TestNode::start);
		await().until(() -> this.nodes.stream().allMatch((node) -> node.cluster.nodes().others().size() == 2));
	}

	@AfterEach
	void stop() {
		this.clients.forEach(RawClient::close);
		this.nodes.forEach(TestNode::close);
		this.nats.close();
	}

	private RawClient connect(TestNode node) {
		RawClient client = RawClient.tcp(node.port());
		this.clients.add(client);
		return client;
	}

	private String name(TestNode node) {
		return (node == this.first) ? "first" : (node == this.second) ? "second" : "third";
	}

	private String old(TestNode node) {
		return connect(node).handshake().request(1, name(node) + ".login", "").readResponse(1);
	}

	/** Returns the reply to a handshake, which the client does not acknowledge. */
	private static String reply(RawClient client, String handshake) {
		return client.send(RawClient.packet(1, handshake.getBytes(StandardCharsets.UTF_8))).read().text();
	}

	private RawResumingClient own(TestNode node, String expected) {
		RawResumingClient client = new RawResumingClient(connect(node)).open();
		assertThat(client.request(1, name(node) + ".login", "").read()).endsWith(expected);
		return client;
	}

	/** The gateways may ask the client to try again first. */
	private void awaitLost(RawResumingClient client, TestNode node) {
		await().atMost(Duration.ofSeconds(100)).until(() -> {
			try {
				return client.ask(connect(node)).equals("lost");
			}
			catch (StringIndexOutOfBoundsException ex) {
				return false;
			}
		});
	}

	private List<Session> sessions() {
		return this.nodes.stream()
			.flatMap((node) -> node.sessions.findByUid("ann").stream())
			.filter((session) -> session.isOpen() && RemoteSession.gatewayOf(session) == null)
			.toList();
	}

	@Test
	void aRefusedLoginDoesNotDisconnectTheOlderClient() {
		RawClient older = connect(this.first).handshake();
		older.request(1, "first.login", "").readResponse(1);
		this.banned = true;
		assertThat(old(this.second)).contains("banned");
		this.banned = false;
		RawClient refused = connect(this.second);
		assertThat(reply(refused, "{\"sys\":{},\"user\":{\"uid\":\"ann\",\"old\":true}}")).contains("501");
		RawClient silent = connect(this.third);
		assertThat(reply(silent, "{\"sys\":{},\"user\":{\"uid\":\"ann\"}}")).contains("200");
		assertThat(older.request(2, "first.count", "").readResponse(2)).isEqualTo("\"ann1\"");
	}

	@Test
	void aClientThatHasContinuedASessionResumesItElsewhere() {
		own(this.first, " 1\"");
		RawResumingClient newer = own(this.second, " 2\"");
		newer.cut();
		newer.resume(connect(this.third));
		assertThat(newer.request(2, "third.count", "").read()).isEqualTo("\"ann2\"");
		newer.cut();
		newer.resume(connect(this.first));
		assertThat(newer.request(3, "first.count", "").read()).isEqualTo("\"ann2\"");
		own(this.third, " 3\"");
		assertThat(old(this.third)).endsWith(" 4\"");
		assertThat(old(this.second)).endsWith(" 5\"");
		newer.cut();
		awaitLost(newer, this.first);
		assertThat(sessions()).hasSize(1);
	}

	@Test
	void anOwnAndAnOldClientTakeTheSessionFromEachOther() {
		for (int i = 1; i <= 12; i++) {
			TestNode node = this.nodes.get(i % 3);
			if (i % 2 == 0) {
				own(node, " " + i + "\"");
			}
			else {
				assertThat(old(node)).endsWith(" " + i + "\"");
			}
		}
		assertThat(sessions()).hasSize(1);
	}

	@Test
	void aFormerClientResumesNotWhatAnotherHasContinued() {
		RawResumingClient former = own(this.first, " 1\"");
		former.cut();
		RawClient newer = connect(this.second).handshake();
		assertThat(newer.request(1, "second.login", "").readResponse(1)).endsWith(" 2\"");
		awaitLost(former, this.first);
		assertThat(newer.request(2, "second.count", "").readResponse(2)).isEqualTo("\"ann2\"");
	}

	@Test
	void aClientThatDisconnectsWhileItWaitsLeavesTheSessionForTheNext() {
		old(this.first);
		for (int i = 0; i < 10; i++) {
			connect(this.nodes.get(i % 3)).handshake().request(1, name(this.nodes.get(i % 3)) + ".login", "").reset();
		}
		await().untilAsserted(() -> assertThat(sessions()).hasSize(1));
		String[] reply = old(this.second).replace("\"", "").split(" ");
		assertThat(Integer.parseInt(reply[1])).isGreaterThan(1);
	}

}
