package io.nanogame.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.test.NatsServer;
import io.nanogame.user.UserLookupException;
import io.nanogame.user.Users;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UsersTests {

	/** The property {@code users.logins} makes more of them. */
	private static final int LOGINS = Integer.getInteger("users.logins", 100);

	private final NatsServer nats = new NatsServer();

	private final TestNode gateA = login(TestNode.gateway(this.nats, "gate-a"));

	private final TestNode gateB = login(TestNode.gateway(this.nats, "gate-b"));

	private static TestNode login(TestNode node) {
		return node.lane("login.in", (request) -> {
			request.session().bind(new String(request.body()));
			return new Text(String.valueOf(request.session().id()));
		});
	}

	@BeforeEach
	void start() {
		this.gateA.start();
		this.gateB.start();
		Awaitility.await().until(() -> this.gateA.cluster.nodes().others().size() == 1);
	}

	@AfterEach
	void stop() {
		this.gateA.close();
		this.gateB.close();
		this.nats.close();
	}

	@Test
	void aPlayerIsReachedFromAnyNode() throws Exception {
		BlockingQueue<String> heard = new LinkedBlockingQueue<>();
		try (NanoClient ann = this.gateA.client()) {
			ann.on("onNews", Text.class, (text) -> heard.add(text.text()));
			String session = ann.call("login.in", "ann".getBytes(), Text.class).text();
			this.gateA.flush();
			this.gateB.cluster.users().push("ann", "onNews", new Text("from b"));
			assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("from b");
			this.gateA.cluster.users().push("ann", "onNews", new Text("from a"));
			assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("from a");
			assertThat(this.gateB.cluster.users().find("ann").toCompletableFuture().get(5, TimeUnit.SECONDS))
				.containsExactly(Long.valueOf(session));
			this.gateB.cluster.users().kick("ann", "enough");
			Awaitility.await().until(() -> this.gateA.sessions.findByUid("ann").isEmpty());
		}
	}

	@Test
	void whatABackendPushesToAUidItHasJustBoundArrives() throws Exception {
		try (TestNode room = TestNode.backend(this.nats, "room")) {
			room.lane("room.login", (request) -> {
				String uid = new String(request.body());
				request.session().bind(uid);
				room.cluster.users().push(uid, "onWelcome", new Text("welcome"));
				return new Text("ok");
			}).lane("room.ban", (request) -> {
				String uid = new String(request.body());
				request.session().bind(uid);
				room.cluster.users().kick(uid, "banned");
				return new Text("ok");
			}).start();
			Awaitility.await().until(() -> !this.gateA.cluster.nodes().withComponent("room").isEmpty());
			BlockingQueue<String> welcomed = new LinkedBlockingQueue<>();
			for (int i = 0; i < 50; i++) {
				String uid = "player " + i;
				try (NanoClient client = this.gateA.client()) {
					client.on("onWelcome", Text.class, (text) -> welcomed.add(uid));
					client.call("room.login", uid.getBytes(), Text.class);
					assertThat(welcomed.poll(5, TimeUnit.SECONDS)).isEqualTo(uid);
				}
			}
			assertThat(welcomed).as("each push once").isEmpty();
			try (NanoClient client = this.gateA.client()) {
				Session session = newest(this.gateA);
				client.request("room.ban", "bob".getBytes(), Text.class).subscribe((text) -> {
				}, (failure) -> {
				});
				Awaitility.await().until(() -> CloseReason.kick("banned").equals(session.closeReason()));
			}
		}
	}

	@Test
	void whoAsksWhereAPlayerIsMayWaitForTheNextAnswerThere() throws Exception {
		try (NanoClient ann = this.gateA.client()) {
			String session = ann.call("login.in", "ann".getBytes(), Text.class).text();
			this.gateA.flush();
			Users users = this.gateB.cluster.users();
			assertThat(users.find("ann")
				.thenApply((first) -> users.find("ann").toCompletableFuture().join())
				.toCompletableFuture()
				.get(5, TimeUnit.SECONDS)).containsExactly(Long.valueOf(session));
		}
	}

	@Test
	void thatNoNodeHasAPlayerIsKnownWithoutWaiting() {
		Users users = this.gateA.cluster.users();
		Awaitility.await()
			.untilAsserted(() -> assertThat(users.find("nemo").toCompletableFuture().get(100, TimeUnit.MILLISECONDS))
				.isEmpty());
	}

	@Test
	void withoutNatsItIsUnknownWhetherAPlayerIsConnected() {
		this.nats.kill();
		Awaitility.await().until(() -> !this.gateA.cluster.isConnected());
		assertThat(this.gateA.cluster.users().find("nemo").toCompletableFuture()).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.withCauseInstanceOf(UserLookupException.class);
	}

	@Test
	void ofTwoLoginsAtTheSameMomentExactlyOneSurvives() throws Exception {
		List<NanoClient> clients = new ArrayList<>();
		List<Session> survivors = new ArrayList<>();
		for (int round = 0; round < LOGINS; round++) {
			String uid = "player " + round;
			NanoClient first = this.gateA.client();
			NanoClient second = this.gateB.client();
			clients.addAll(List.of(first, second));
			Session a = newest(this.gateA);
			Session b = newest(this.gateB);
			CountDownLatch go = new CountDownLatch(1);
			Thread other = new Thread(() -> {
				await(go);
				b.bind(uid);
			});
			other.start();
			go.countDown();
			a.bind(uid);
			other.join();
			eventually().until(() -> !a.isOpen() || !b.isOpen());
			assertThat(Stream.of(a, b).filter(Session::isOpen)).hasSize(1);
			Session loser = a.isOpen() ? b : a;
			survivors.add(a.isOpen() ? a : b);
			assertThat(loser.closeReason()).isEqualTo(CloseReason.REPLACED);
		}
		// What was under way has arrived, and no survivor was kicked later.
		assertThat(survivors).allMatch(Session::isOpen);
		clients.forEach(NanoClient::close);
	}

	/** Asks more often than Awaitility would, because there are many rounds. */
	private static ConditionFactory eventually() {
		return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
	}

	private static Session newest(TestNode node) {
		return eventually()
			.until(() -> node.sessions.all().stream().filter((session) -> session.uid() == null).findFirst(),
					Optional::isPresent)
			.orElseThrow();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
