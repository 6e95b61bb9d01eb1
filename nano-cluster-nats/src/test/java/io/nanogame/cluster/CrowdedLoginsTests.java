package io.nanogame.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.nanogame.cluster.backend.RemoteSession;
import io.nanogame.route.Request;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Many logins at the same time that continue sessions of other gateways. */
class CrowdedLoginsTests {

	private final NatsServer nats = new NatsServer();

	private final TestNode first = gateway("first");

	private final TestNode second = gateway("second");

	private final TestNode third = gateway("third");

	private final List<TestNode> nodes = List.of(this.first, this.second, this.third);

	private final CompletableFuture<Object> waiting = new CompletableFuture<>();

	private final List<RawClient> clients = new ArrayList<>();

	private TestNode gateway(String name) {
		TestNode node = TestNode.withLogins(this.nats, name, true, LoginPolicy.CONTINUE);
		// Its calls need a worker of the gateway that the session leaves.
		node.sessions.addListener(new SessionListener() {
		});
		return node.lane(name + ".login", CrowdedLoginsTests::login)
			.lane(name + ".ping", (request) -> "pong")
			.loop(name + ".wait", (request) -> this.waiting);
	}

	/** The reply has an attribute that the older session has. */
	private static Object login(Request request) {
		Session player = request.session().bind(JsonMapper.shared().readValue(request.body(), String.class));
		int logins = player.attributes().getInt("logins") + 1;
		player.attributes().set("logins", logins);
		return player.id() + " " + logins;
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
		RawClient client = RawClient.tcp(node.port()).handshake();
		this.clients.add(client);
		return client;
	}

	/** Returns the reply: the id of the session, and the number of its logins. */
	private static String read(RawClient client) {
		return client.readResponse(1).replace("\"", "");
	}

	private static void awaitReplyOrEnd(RawClient client) {
		try {
			read(client);
		}
		catch (RawClient.ClosedException ex) {
			// A newer login has the session.
		}
	}

	/** The sessions of a player in the cluster. */
	private List<Session> sessions(String uid) {
		return this.nodes.stream()
			.flatMap((node) -> node.sessions.findByUid(uid).stream())
			.filter((session) -> session.isOpen() && RemoteSession.gatewayOf(session) == null)
			.toList();
	}

	private static String idIn(String reply) {
		return reply.split(" ")[0];
	}

	@Test
	void playersOfTwoGatewaysWhoChangePlacesKeepTheirSessions() {
		int count = 40;
		List<TestNode> from = new ArrayList<>();
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			TestNode node = this.nodes.get(i % 2);
			from.add(node);
			ids.add(idIn(read(connect(node).request(1, name(node) + ".login", "\"p" + i + "\""))));
		}
		List<RawClient> newer = IntStream.range(0, count).mapToObj((i) -> connect(this.nodes.get(1 - i % 2))).toList();
		for (int i = 0; i < count; i++) {
			newer.get(i).request(1, name(this.nodes.get(1 - i % 2)) + ".login", "\"p" + i + "\"");
		}
		List<String> after = newer.stream().map(CrowdedLoginsTests::read).toList();
		assertThat(after).isEqualTo(ids.stream().map((id) -> id + " 2").toList());
	}

	@Test
	void loginsThatWaitDoNotDelayOtherPlayers() {
		RawClient other = connect(this.second);
		List<RawClient> older = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			RawClient client = connect(this.first).request(1, "first.login", "\"p" + i + "\"");
			read(client);
			client.request(2, "first.wait", "");
			older.add(client);
		}
		for (int i = 0; i < 8; i++) {
			connect(this.second).request(1, "second.login", "\"p" + i + "\"");
		}
		older.forEach(RawClient::readEnd);
		long begun = System.nanoTime();
		other.request(1, "second.ping", "");
		assertThat(read(other)).isEqualTo("pong");
		Duration taken = Duration.ofNanos(System.nanoTime() - begun);
		assertThat(taken).as("the logins wait for six seconds").isLessThan(Duration.ofSeconds(3));
	}

	@Test
	void manyLoginsOfOnePlayerLeaveOneSessionWithOneClient() {
		String id = idIn(read(connect(this.first).request(1, "first.login", "\"ann\"")));
		List<RawClient> newer = IntStream.range(0, 60).mapToObj((i) -> connect(this.nodes.get(i % 3))).toList();
		for (int i = 0; i < newer.size(); i++) {
			newer.get(i).request(1, name(this.nodes.get(i % 3)) + ".login", "\"ann\"");
			if (i % 7 == 0) {
				newer.get(i).reset();
			}
		}
		newer.forEach(CrowdedLoginsTests::awaitReplyOrEnd);
		await().untilAsserted(() -> assertThat(sessions("ann")).singleElement().satisfies((session) -> {
			assertThat(session.id()).hasToString(id);
			assertThat(session.isConnected()).isTrue();
			assertThat(session.attributes().getInt("logins")).isGreaterThan(1);
		}));
		this.nodes.forEach((node) -> assertThat(read(connect(node).request(1, name(node) + ".login", "\"ann\"")))
			.startsWith(id + " "));
	}

	private String name(TestNode node) {
		return (node == this.first) ? "first" : (node == this.second) ? "second" : "third";
	}

}
