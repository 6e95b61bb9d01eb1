package io.nanogame.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;

import io.nanogame.client.ConnectionLostException;
import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.LoginRefusedException;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Logins of a player on several nodes when the older one stays.
 */
class LoginPolicyTests {

	/** The property {@code users.logins} makes more of them. */
	private static final int LOGINS = Integer.getInteger("users.logins", 100);

	private final List<NanoClient> clients = new ArrayList<>();

	private final NatsServer nats = new NatsServer();

	private final TestNode gateA = node("gate-a", true);

	private final TestNode gateB = node("gate-b", true);

	private final TestNode room = node("room", false).lane("room.login", (request) -> {
		request.session().bind(new String(request.body()));
		return new Text("ok");
	}).lane("room.rename", (request) -> {
		request.session().unbind();
		request.session().bind(new String(request.body()));
		return new Text("ok");
	});

	/** A client's handshake may name the player. */
	private TestNode node(String name, boolean gateway) {
		return TestNode.withLogins(this.nats, name, gateway, LoginPolicy.REFUSE).validator((handshake) -> {
			String uid = handshake.request().user().path("uid").asString("");
			if (!uid.isEmpty()) {
				handshake.session().bind(uid);
			}
		});
	}

	@BeforeEach
	void start() {
		Stream.of(this.room, this.gateA, this.gateB).forEach(TestNode::start);
		for (TestNode node : List.of(this.room, this.gateA, this.gateB)) {
			Awaitility.await().until(() -> node.cluster.nodes().others().size() == 2);
		}
	}

	private NanoClient client(TestNode node, String uid) {
		NanoClient client = node.client(uid);
		this.clients.add(client);
		return client;
	}

	@AfterEach
	void stop() {
		this.clients.forEach(NanoClient::close);
		Stream.of(this.gateA, this.gateB, this.room).forEach(TestNode::close);
		this.nats.close();
	}

	private static Session onlyOne(TestNode node) {
		return Awaitility.await().until(() -> List.copyOf(node.sessions.all()), (all) -> all.size() == 1).get(0);
	}

	@Test
	void aLoginInAHandshakeIsRefusedByTheNodeThatHoldsThePlayer() {
		NanoClient ann = client(this.gateA, "ann");
		Session first = onlyOne(this.gateA);
		assertThat(first.uid()).isEqualTo("ann");
		this.gateA.flush();
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> client(this.gateB, "ann"))
			.withStackTraceContaining("already logged in");
		assertThat(this.gateB.sessions.count()).isZero();
		assertThat(first.isOpen()).isTrue();
		ann.close();
		Awaitility.await().until(() -> this.gateA.sessions.count() == 0);
		this.gateA.flush();
		client(this.gateB, "ann");
		assertThat(onlyOne(this.gateB).uid()).isEqualTo("ann");
	}

	@Test
	void thatNoNodeHoldsAPlayerIsKnownWithoutWaiting() {
		// All of them within the patience of one client.
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
			for (int i = 0; i < 20; i++) {
				client(this.gateA, "player " + i);
			}
			return true;
		});
		// A session opens with the client's acknowledgement, a moment after connect()
		// returns.
		Awaitility.await().until(() -> this.gateA.sessions.count() == 20);
		assertThat(this.gateA.sessions.all()).hasSize(20).allMatch(Session::isOpen);
	}

	@Test
	void withoutNatsALoginInAHandshakeIsRejectedUntilItCanBeChecked() {
		this.nats.kill();
		Awaitility.await().until(() -> !this.gateA.cluster.isConnected());
		try (NanoClient ann = this.gateA.clientOf("ann").noReconnect().build()) {
			assertThatExceptionOfType(ConnectionLostException.class)
				.isThrownBy(() -> ann.connect().block(Duration.ofSeconds(10)));
		}
		assertThat(this.gateA.sessions.all()).isEmpty();
		this.nats.start();
		Awaitility.await().until(() -> this.gateA.cluster.isConnected() && this.gateB.cluster.isConnected());
		client(this.gateA, "ann");
		assertThat(onlyOne(this.gateA).uid()).isEqualTo("ann");
	}

	@Test
	void aLoginInAHandlerIsTakenBackWhenTheHolderReplies() throws Exception {
		client(this.gateA, "ann");
		client(this.gateB, "");
		Session first = onlyOne(this.gateA);
		this.gateA.flush();
		Session second = onlyOne(this.gateB);
		second.bind("ann");
		Awaitility.await().until(() -> !second.isOpen());
		assertThat(second.closeReason()).isEqualTo(CloseReason.ALREADY_LOGGED_IN);
		assertThat(first.isOpen()).isTrue();
		assertThat(this.gateA.cluster.users().find("ann").toCompletableFuture().get()).containsExactly(first.id());
	}

	@Test
	void aLoginOnABackendIsRefusedWhereTheHolderIsKnown() {
		client(this.gateA, "").call("room.login", "ann".getBytes(), Text.class);
		NanoClient other = client(this.gateB, "");
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> other.call("room.login", "ann".getBytes(), Text.class))
			.withMessageContaining("already logged in");
		Session refused = onlyOne(this.gateB);
		assertThat(refused.isOpen()).isTrue();
		assertThat(refused.uid()).isNull();
		Session guest = this.room.sessions.find(refused.id()).orElseThrow();
		assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(() -> guest.bind("ann"));
	}

	@Test
	void ofTwoLoginsAtTheSameMomentExactlyOneStays() throws Exception {
		List<Session> winners = new ArrayList<>();
		CyclicBarrier gate = new CyclicBarrier(2);
		for (int round = 0; round < LOGINS; round++) {
			String uid = "player " + round;
			client(this.gateA, "");
			client(this.gateB, "");
			Session a = unbound(this.gateA);
			Session b = unbound(this.gateB);
			Thread other = new Thread(() -> {
				await(gate);
				b.bind(uid);
			});
			other.start();
			await(gate);
			a.bind(uid);
			other.join();
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> !a.isOpen() || !b.isOpen());
			assertThat(Stream.of(a, b).filter(Session::isOpen)).hasSize(1);
			winners.add(a.isOpen() ? a : b);
			assertThat((a.isOpen() ? b : a).closeReason()).isEqualTo(CloseReason.ALREADY_LOGGED_IN);
		}
		assertThat(winners).allMatch(Session::isOpen);
	}

	private static Session unbound(TestNode node) {
		return Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> node.sessions.all()
				.stream()
				.filter((session) -> session.uid() == null)
				.findFirst()
				.orElse(null), (found) -> found != null);
	}

	private static void await(CyclicBarrier gate) {
		try {
			gate.await();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aGuestBecomesAnAccountOnABackendAndEverywhere() {
		List<String> events = new CopyOnWriteArrayList<>();
		this.gateA.sessions.addListener(new SessionListener() {

			@Override
			public void bound(Session session) {
				events.add("bound " + session.uid());
			}

			@Override
			public void unbound(Session session, String uid) {
				events.add("unbound " + uid);
			}

		});
		NanoClient client = client(this.gateA, "guest 7");
		client.call("room.rename", "ann".getBytes(), Text.class);
		Session own = onlyOne(this.gateA);
		Session guest = this.room.sessions.find(own.id()).orElseThrow();
		Awaitility.await().until(() -> "ann".equals(own.uid()));
		assertThat(guest.uid()).isEqualTo("ann");
		assertThat(this.gateA.sessions.findByUid("ann")).containsExactly(own);
		assertThat(this.gateA.sessions.findByUid("guest 7")).isEmpty();
		assertThat(this.room.sessions.findByUid("ann")).containsExactly(guest);
		own.unbind();
		own.bind("bea");
		Awaitility.await().until(() -> "bea".equals(guest.uid()));
		Awaitility.await().until(() -> events.contains("bound bea"));
		assertThat(events).contains("bound guest 7", "unbound guest 7", "unbound ann", "bound bea");
		// The old uids are free.
		this.gateA.flush();
		client(this.gateB, "guest 7");
		assertThat(onlyOne(this.gateB).uid()).isEqualTo("guest 7");
	}

}
