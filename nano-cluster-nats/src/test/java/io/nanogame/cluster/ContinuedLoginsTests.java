package io.nanogame.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.cluster.backend.RemoteSession;
import io.nanogame.route.Request;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import io.nanogame.test.RawResumingClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Logins on another gateway than that of the older session, which they continue: the row
 * {@code continue} of the table of docs/sessions.md between nodes, a test for each cell.
 * An own client has agreed to resume its session, but does not do so, like a reloaded
 * page; an old one knows nothing of it.
 */
class ContinuedLoginsTests {

	private final NatsServer nats = new NatsServer();

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final TestNode first = gateway("first");

	private final TestNode second = gateway("second");

	private final TestNode third = gateway("third");

	private final TestNode room = TestNode.withLogins(this.nats, "room", false, LoginPolicy.CONTINUE);

	private final CompletableFuture<Object> waiting = new CompletableFuture<>();

	private final List<Player> players = new ArrayList<>();

	private TestNode gateway(String name) {
		TestNode node = TestNode.withLogins(this.nats, name, true, LoginPolicy.CONTINUE);
		node.sessions.addListener(new SessionListener() {

			@Override
			public void bound(Session session) {
				ContinuedLoginsTests.this.events.add("bound on " + name);
			}

			@Override
			public void closed(Session session, CloseReason reason) {
				ContinuedLoginsTests.this.events.add(reason.code() + " on " + name);
			}

		});
		return node.lane(name + ".login", ContinuedLoginsTests::login)
			.loop(name + ".loop", ContinuedLoginsTests::login)
			.validator((handshake) -> {
				String uid = handshake.request().user().path("uid").asString("");
				if (!uid.isEmpty()) {
					handshake.session().bind(uid);
				}
			});
	}

	/** The reply has an attribute that the older session has. */
	private static Object login(Request request) {
		Session player = request.session().bind("ann");
		return player.id() + " seat " + player.attributes().getInt("seat");
	}

	@BeforeEach
	void start() {
		this.room.lane("room.join", (request) -> {
			Session session = request.session();
			session.attributes().set("seat", 7);
			this.room.groups.get("lobby").add(session);
			return "joined";
		}).lane("room.seat", (request) -> request.session().uid() + request.session().attributes().getInt("seat"));
		this.room.loop("room.wait", (request) -> this.waiting);
		this.room.start();
		this.first.start();
		this.second.start();
		this.third.start();
		await().until(() -> List.of(this.first, this.second, this.third, this.room)
			.stream()
			.allMatch((node) -> node.cluster.nodes().others().size() == 3));
	}

	@AfterEach
	void stop() {
		this.players.forEach(Player::close);
		List.of(this.first, this.second, this.third, this.room).forEach(TestNode::close);
		this.nats.close();
	}

	@ParameterizedTest(name = "{1} client, {0}: the former client {2}")
	@CsvSource(delimiter = '|', textBlock = """
			open     | old | is disconnected
			open     | own | is disconnected
			silent   | old | is away
			silent   | own | is away
			detached | old | is away
			detached | own | is away
			parked   | old | is away
			parked   | own | is away
			""")
	void aLoginAtAnotherGatewayContinuesTheOlderSession(String state, String kind, String former) {
		Player older = new Player(kind, this.first);
		String id = older.request(1, "first.login").split(" ")[0].substring(1);
		older.request(2, "room.join");
		become(older, state);
		Player newer = new Player(kind, this.second);
		assertThat(newer.request(3, "second.login")).isEqualTo("\"" + id + " seat 7\"");
		assertThat(newer.request(4, "room.seat")).isEqualTo("\"ann7\"");
		this.room.groups.get("lobby").broadcast("onNews", 1);
		assertThat(newer.read("onNews")).isEqualTo("1");
		this.first.cluster.users().push("ann", "onPush", 2);
		assertThat(newer.read("onPush")).isEqualTo("2");
		if (former.equals("is disconnected")) {
			assertThat(older.client().readEnd()).isEqualTo("end");
		}
		assertThat(this.events).containsExactly("bound on first");
		await().untilAsserted(() -> assertThat(owners()).containsExactly(id + " on second"));
	}

	@Test
	void aLoginInAHandshakeContinuesTheOlderSession() {
		Player older = new Player("old", this.first);
		String id = older.request(1, "first.login").split(" ")[0].substring(1);
		older.request(2, "room.join");
		RawClient newer = RawClient.tcp(this.second.port());
		newer.handshake("{\"sys\":{},\"user\":{\"uid\":\"ann\"}}");
		newer.send(RawClient.packet(2, new byte[0]));
		assertThat(newer.request(1, "second.login", "").readResponse(1)).isEqualTo("\"" + id + " seat 7\"");
		assertThat(older.client().readEnd()).isEqualTo("end");
		newer.close();
	}

	/** The server receives it before the client has moved to the older session. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aRequestRightBehindALoginInAHandshakeIsHandledInTheOlderSession(boolean sameGateway) throws IOException {
		Player older = new Player("old", this.first);
		older.request(1, "first.login");
		older.request(2, "room.join");
		become(older, "detached");
		try (RawClient newer = RawClient.tcp((sameGateway ? this.first : this.second).port())) {
			newer.send(RawClient.packet(RawPacket.HANDSHAKE, "{\"sys\":{},\"user\":{\"uid\":\"ann\"}}".getBytes()));
			newer.read();
			ByteArrayOutputStream packets = new ByteArrayOutputStream();
			packets.write(RawClient.packet(2, new byte[0]));
			for (int id = 1; id <= 3; id++) {
				packets.write(RawClient.packet(RawPacket.DATA, RawClient.message(0, id, "room.seat", new byte[0])));
			}
			newer.send(packets.toByteArray());
			for (int id = 1; id <= 3; id++) {
				assertThat(newer.readResponse(id)).isEqualTo("\"ann7\"");
			}
			this.room.groups.get("lobby").broadcast("onNews", 1);
			assertThat(newer.readPush("onNews")).isEqualTo("1");
		}
		assertThat(this.events).containsExactly("bound on first");
	}

	@Test
	void aSessionWhoseRequestIsUnderWayContinuesAfterItsEnd() {
		Player older = new Player("old", this.first);
		String id = older.request(1, "first.login").split(" ")[0].substring(1);
		older.client().request(2, "room.wait", "");
		await().until(() -> this.room.sessions.count() == 1);
		Player newer = new Player("old", this.second);
		newer.client().request(3, "second.login", "");
		assertThat(older.client().readEnd()).isEqualTo("end");
		await().during(Duration.ofMillis(300)).until(() -> owners().equals(List.of(id + " on first")));
		this.waiting.complete("late");
		assertThat(newer.client().readResponse(3)).isEqualTo("\"" + id + " seat 0\"");
	}

	@Test
	void aClientThatADrainedGatewayDisconnectsKeepsItsSession() {
		Player older = new Player("old", this.first);
		String id = older.request(1, "first.login").split(" ")[0].substring(1);
		older.request(2, "room.join");
		drain();
		assertThat(older.client().readEnd()).isEqualTo("end");
		Player newer = new Player("old", this.second);
		assertThat(newer.request(3, "second.login")).isEqualTo("\"" + id + " seat 7\"");
		assertThat(this.events).containsExactly("bound on first");
	}

	@Test
	void aLoginOnAnEventLoopFails() {
		Player player = new Player("old", this.first);
		assertThat(player.request(1, "first.loop")).contains("\"code\":500");
		assertThat(player.request(2, "first.login")).endsWith("seat 0\"");
	}

	private void become(Player older, String state) {
		Session session = this.first.sessions.findByUid("ann").iterator().next();
		switch (state) {
			case "detached" -> {
				older.client().reset();
				await().until(() -> !session.isConnected());
			}
			case "parked" -> {
				older.client().reset();
				await().until(() -> !session.isConnected());
				drain();
				await().until(() -> owners().size() == 1 && !owners().get(0).endsWith("first"));
			}
			// The server does not notice that the client does not read any more.
			default -> assertThat(session.isConnected()).isTrue();
		}
	}

	private void drain() {
		this.first.cluster.drain().setPeriod(Duration.ofSeconds(10));
		this.first.cluster.drain().begin();
	}

	/** The sessions of the player in the cluster. */
	private List<String> owners() {
		List<String> owners = new ArrayList<>();
		for (TestNode node : List.of(this.first, this.second, this.third)) {
			node.sessions.findByUid("ann")
				.stream()
				.filter((session) -> session.isOpen() && RemoteSession.gatewayOf(session) == null)
				.forEach((session) -> owners.add(session.id() + " on " + name(node)));
		}
		return owners;
	}

	private String name(TestNode node) {
		return (node == this.first) ? "first" : (node == this.second) ? "second" : "third";
	}

	/** A client of one of both kinds. */
	private final class Player {

		private final RawClient old;

		private final RawResumingClient own;

		Player(String kind, TestNode gateway) {
			RawClient connected = RawClient.tcp(gateway.port());
			this.old = kind.equals("old") ? connected.handshake() : null;
			this.own = kind.equals("own") ? new RawResumingClient(connected).open() : null;
			ContinuedLoginsTests.this.players.add(this);
		}

		RawClient client() {
			return (this.old != null) ? this.old : this.own.connection();
		}

		String request(long id, String route) {
			if (this.old != null) {
				return this.old.request(id, route, "").readResponse(id);
			}
			return this.own.request(id, route, "").read();
		}

		String read(String route) {
			return (this.own != null) ? this.own.read() : this.old.readPush(route);
		}

		void close() {
			client().close();
		}

	}

}
