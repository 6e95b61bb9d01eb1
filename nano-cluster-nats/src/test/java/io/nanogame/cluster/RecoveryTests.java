package io.nanogame.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.nanogame.client.ErrorResponseException;
import io.nanogame.client.NanoClient;
import io.nanogame.client.NotConnectedException;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.bus.nats.NatsBus;
import io.nanogame.cluster.frame.FrameCodec;
import io.nanogame.cluster.frame.GatewayFrame.SessionUnknown;
import io.nanogame.cluster.frame.MemberFrame.MemberOrder;
import io.nanogame.cluster.frame.PresenceFrame.PresenceQuery;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.peer.Versions;
import io.nanogame.group.Group;
import io.nanogame.group.GroupListener;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionListener;
import io.nanogame.test.NatsServer;
import io.nats.client.Options;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Nodes that could not hear each other for a while agree again about who is there.
 */
class RecoveryTests {

	private final NatsServer nats = new NatsServer();

	private final CuttableLink gateLink = new CuttableLink(this.nats);

	private final CuttableLink roomLink = new CuttableLink(this.nats);

	private final TestNode gate = TestNode.gateway(this.gateLink.url(), "gate");

	private final TestNode room = TestNode.backend(this.roomLink.url(), "room");

	private final List<CloseReason> ends = new CopyOnWriteArrayList<>();

	private final Semaphore holding = new Semaphore(0);

	private final CountDownLatch release = new CountDownLatch(1);

	private final Group lobby = this.room.groups.create("lobby");

	@BeforeEach
	void start() {
		this.gate.lane("here.paint", (request) -> {
			request.session().attributes().set("color", "red");
			return new Text("painted");
		});
		this.room.sessions.addListener(new SessionListener() {

			@Override
			public void closed(Session session, CloseReason reason) {
				RecoveryTests.this.ends.add(reason);
			}

		});
		this.room.lane("room.join", (request) -> {
			this.lobby.add(request.session());
			return new Text("joined");
		}).lane("room.echo", (request) -> request.body()).lane("room.hold", (request) -> {
			this.holding.release();
			this.release.await();
			return new Text("held");
		}).start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 1);
	}

	@AfterEach
	void stop() throws IOException {
		this.gate.close();
		this.room.close();
		this.gateLink.close();
		this.roomLink.close();
		this.nats.close();
	}

	private static String echo(NanoClient client) {
		try {
			return client.request("room.echo", new Text("x"), Text.class).block(Duration.ofSeconds(10)).text();
		}
		catch (ErrorResponseException ex) {
			return ex.code();
		}
		catch (NotConnectedException ex) {
			return "not connected";
		}
	}

	private static void awaitEcho(NanoClient client, String expected) {
		Awaitility.await().untilAsserted(() -> assertThat(echo(client)).isEqualTo(expected));
	}

	@Test
	void aBackendThatWasAwayHearsOfTheSessionsThatEndedMeanwhile() {
		NanoClient stays = this.gate.client();
		NanoClient goes = this.gate.client();
		stays.call("room.join", null, Text.class);
		goes.call("room.join", null, Text.class);
		this.roomLink.cut();
		awaitEcho(stays, "503");
		goes.close();
		Awaitility.await().until(() -> this.gate.sessions.count() == 1);
		this.roomLink.mend();
		Awaitility.await().until(() -> this.room.sessions.count() == 1);
		Awaitility.await().untilAsserted(() -> assertThat(this.ends).containsExactly(CloseReason.CLIENT_CLOSED));
		Awaitility.await().until(() -> this.lobby.count() == 1);
		awaitEcho(stays, "x");
		stays.close();
		Awaitility.await().until(() -> this.room.sessions.count() == 0);
	}

	@Test
	void aBackendThatWasAwayHearsWhatHasChangedMeanwhile() {
		try (NanoClient client = this.gate.client()) {
			client.call("room.join", null, Text.class);
			this.roomLink.cut();
			awaitEcho(client, "503");
			client.call("here.paint", null, Text.class);
			this.roomLink.mend();
			awaitEcho(client, "x");
			Session guest = this.room.sessions.all().iterator().next();
			Awaitility.await().until(() -> guest.attributes().getString("color").equals("red"));
		}
	}

	/** Its node said that it was done while nobody could hear it. */
	@Test
	void aSessionThatWaitsForAnotherNodeGoesOnWhenTheConnectionIsBack() throws InterruptedException {
		try (NanoClient client = this.gate.client()) {
			Mono<Text> held = client.request("room.hold", null, Text.class);
			held.subscribe((answer) -> {
			}, (failure) -> {
			});
			Mono<Text> behind = client.request("here.paint", null, Text.class).cache();
			behind.subscribe();
			this.holding.acquire();
			this.gateLink.cut();
			this.release.countDown();
			Awaitility.await()
				.until(() -> SessionHandle.of(this.room.sessions.all().iterator().next()).queue().backlog() == 0);
			this.gateLink.mend();
			assertThat(behind.block(Duration.ofSeconds(10))).isEqualTo(new Text("painted"));
		}
	}

	@Test
	void aSessionThatABackendHasEndedIsOpenedThereAgain() {
		List<NanoClient> clients = new ArrayList<>(List.of(this.gate.client(), this.gate.client()));
		clients.forEach((client) -> client.call("room.join", null, Text.class));
		List<Session> before = List.copyOf(this.gate.sessions.all());
		this.gateLink.cut();
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(this.ends).containsExactly(CloseReason.SESSION_LOST, CloseReason.SESSION_LOST));
		assertThat(this.room.sessions.count()).isZero();
		assertThat(this.lobby.count()).isZero();
		this.gateLink.mend();
		// Also those whose clients are silent.
		Awaitility.await().until(() -> this.room.sessions.count() == 2);
		clients.forEach((client) -> awaitEcho(client, "x"));
		assertThat(before).allMatch(Session::isOpen);
		Awaitility.await().until(() -> this.lobby.count() == 2);
		clients.forEach(NanoClient::close);
	}

	@Test
	void whoLeftAGroupWhileItsGatewayWasAwayHearsNoMoreOfIt() {
		try (NanoClient client = this.gate.client()) {
			List<String> heard = new CopyOnWriteArrayList<>();
			client.on("onNews", Text.class, (text) -> heard.add(text.text()));
			client.call("room.join", null, Text.class);
			this.lobby.broadcast("onNews", new Text("first"));
			Awaitility.await().until(() -> heard.contains("first"));
			Session guest = this.room.sessions.all().iterator().next();
			this.roomLink.cut();
			Awaitility.await().until(() -> !this.room.cluster.isConnected());
			this.lobby.leave(guest);
			this.roomLink.mend();
			Awaitility.await().until(this.room.cluster::isConnected);
			awaitEcho(client, "x");
			this.lobby.broadcast("onNews", new Text("second"));
			guest.push("onNews", new Text("last"));
			Awaitility.await().until(() -> heard.contains("last"));
			assertThat(heard).containsExactly("first", "last");
		}
	}

	@Test
	void aNodeThatLeavesFinishesWhatItWasAskedFor() throws Exception {
		try (TestNode slow = TestNode.backend(this.nats, "slow").lane("slow.work", (request) -> {
			this.release.await();
			return request.body();
		}).start(); NanoClient client = this.gate.client()) {
			Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 2);
			List<String> answers = new CopyOnWriteArrayList<>();
			for (int i = 0; i < 3; i++) {
				client.request("slow.work", new Text("done"), Text.class)
					.subscribe((text) -> answers.add(text.text()), (failure) -> answers.add(failure.getMessage()));
			}
			Awaitility.await().until(() -> slow.sessions.count() == 1);
			Session guest = slow.sessions.all().iterator().next();
			// A task stands behind each message to report its end.
			Awaitility.await().until(() -> SessionHandle.of(guest).queue().mailbox().size() == 6);
			slow.cluster.drain().stop();
			Awaitility.await().until(() -> this.gate.cluster.nodes().withComponent("slow").isEmpty());
			this.release.countDown();
			slow.cluster.drain().await(Duration.ofSeconds(10));
			slow.cluster.close();
			Awaitility.await().untilAsserted(() -> assertThat(answers).containsExactly("done", "done", "done"));
		}
	}

	/** As a node says it that stops. */
	private void takeForDead(TestNode node) {
		String id = node.cluster.nodes().self().id();
		String goodbye = "{\"kind\": \"goodbye\", \"node\": {\"id\": \"%s\"}}".formatted(id);
		node.connection()
			.publish(new Subjects("test", id).own(Topics.members()), goodbye.getBytes(StandardCharsets.UTF_8));
	}

	/** As NATS says it when a node does not listen. */
	private static void suspect(TestNode node, TestNode other) {
		String lost = new Subjects("test", node.cluster.nodes().self().id())
			.own(Topics.lost(other.cluster.nodes().self().id()));
		node.connection().publish(lost, new byte[0]);
		node.flush();
	}

	@Test
	void theSessionOfASilentClientWhoseGatewayWasTakenForDeadIsOpenedAgain() {
		try (NanoClient client = this.gate.client()) {
			client.call("room.join", null, Text.class);
			Session before = this.gate.sessions.all().iterator().next();
			takeForDead(this.gate);
			Awaitility.await().untilAsserted(() -> assertThat(this.ends).containsExactly(CloseReason.SESSION_LOST));
			Awaitility.await().until(() -> this.room.sessions.find(before.id()).isPresent());
			assertThat(before.isOpen()).isTrue();
		}
	}

	@Test
	void aNodeThatDoesNotListenForAMomentKeepsItsSessions() {
		try (NanoClient client = this.gate.client()) {
			client.call("room.join", null, Text.class);
			Session before = this.gate.sessions.all().iterator().next();
			suspect(this.room, this.gate);
			suspect(this.gate, this.room);
			awaitEcho(client, "x");
			assertThat(before.isOpen()).isTrue();
			assertThat(this.ends).isEmpty();
			assertThat(this.lobby.count()).isOne();
		}
	}

	@Test
	void theMessageBehindOneThatWasLostIsHandledAsSoonAsItsNodeListensAgain() {
		try (NanoClient client = this.gate.client()) {
			client.call("room.join", null, Text.class);
			Session before = this.gate.sessions.all().iterator().next();
			this.roomLink.lose();
			client.notify("room.echo", new Text("lost"));
			Awaitility.await().until(() -> SessionHandle.of(before).queue().backlog() > 0);
			this.gate.flush();
			this.roomLink.cut();
			this.roomLink.mend();
			Awaitility.await().until(() -> this.room.cluster.bus().reconnects() > 0);
			suspect(this.gate, this.room);
			Awaitility.await().until(() -> SessionHandle.of(before).queue().backlog() == 0);
			assertThat(echo(client)).isEqualTo("x");
		}
	}

	@Test
	void aSessionThatANodeNeverHeardOfIsIntroducedAgain() throws Exception {
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		try (TestNode hall = TestNode.backend(this.nats, "hall").lane("hall.hang", (request) -> {
			arrived.countDown();
			goOn.await(10, TimeUnit.SECONDS);
			return new Text("late");
		}).lane("hall.echo", (request) -> request.body()).start(); NanoClient client = this.gate.client()) {
			Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 2);
			Mono<Text> hanging = client.request("hall.hang", null, Text.class).cache();
			hanging.subscribe((text) -> {
			}, (failure) -> {
			});
			assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
			Session session = this.gate.sessions.all().iterator().next();
			// As if it had not arrived.
			hall.cluster.peers().to(this.gate.cluster.nodes().self().id()).send(new SessionUnknown(session.id(), 1));
			assertThatExceptionOfType(ErrorResponseException.class).isThrownBy(hanging::block)
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo("503"));
			goOn.countDown();
			assertThat(client.call("hall.echo", new Text("x"), Text.class)).isEqualTo(new Text("x"));
			assertThat(session.isOpen()).isTrue();
		}
	}

	@Test
	void theMembersOnANodeThatWasTakenForDeadAreKnownAgain() {
		try (TestNode hall = TestNode.backend(this.nats, "hall").start(); NanoClient client = this.gate.client()) {
			List<String> presence = new CopyOnWriteArrayList<>();
			Group known = hall.groups.create("lobby");
			known.addListener(new GroupListener() {

				@Override
				public void joined(Group group, Member member) {
					presence.add("joined");
				}

				@Override
				public void left(Group group, Member member) {
					presence.add("left");
				}

			}, Runnable::run);
			Awaitility.await().until(() -> hall.cluster.nodes().others().size() == 2);
			Awaitility.await().until(() -> this.gate.sessions.count() == 1);
			this.gate.groups.get("lobby").add(this.gate.sessions.all().iterator().next());
			Awaitility.await().until(() -> known.count() == 1);
			takeForDead(this.gate);
			Awaitility.await().untilAsserted(() -> assertThat(presence).containsExactly("joined", "left", "joined"));
			assertThat(known.count()).isOne();
			assertThat(client).isNotNull();
		}
	}

	@Test
	void aMemberThatEndedUnheardIsForgottenByAll() {
		try (TestNode hall = TestNode.backend(this.nats, "hall").start()) {
			Group known = hall.groups.create("lobby");
			NanoClient client = this.gate.client();
			client.call("room.join", null, Text.class);
			Awaitility.await().until(() -> known.count() == 1);
			this.gateLink.lose();
			client.close();
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> this.gate.sessions.count() == 0);
			this.gateLink.cut();
			this.gateLink.mend();
			Awaitility.await().until(() -> known.count() == 0);
			Awaitility.await().until(() -> this.lobby.count() == 0);
		}
	}

	@Test
	void whoLeavesWhenItsSessionIsOverIsNotRemembered() throws Exception {
		this.room.sessions.addListener(new SessionListener() {

			@Override
			public void closed(Session session, CloseReason reason) {
				RecoveryTests.this.lobby.leave(session);
				RecoveryTests.this.ends.add(reason);
			}

		});
		try (NanoClient client = this.gate.client()) {
			client.call("room.join", null, Text.class);
			this.gateLink.cut();
			Awaitility.await().until(() -> this.ends.size() == 2);
			Subjects subjects = new Subjects("test", "test-1");
			BlockingQueue<String> said = new LinkedBlockingQueue<>();
			try (NatsBus all = NatsBus.connect(Options.builder().server(this.nats.url()))) {
				Peers observer = new Peers("observer-1", all, all.newReader(), subjects,
						new FrameCodec(this.gate.payloads), Versions.OWN, this.gate.timers.time());
				observer.listen(Topics.node(this.gate.cluster.nodes().self().id()), (from, frame) -> {
					if (frame instanceof MemberOrder) {
						said.add("an order");
					}
					else if (frame instanceof PresenceQuery) {
						// After the orders are repeated.
						said.add("back");
					}
				});
				all.connection().flush(Duration.ofSeconds(5));
				this.gateLink.mend();
				assertThat(said.poll(10, TimeUnit.SECONDS)).isEqualTo("back");
			}
		}
	}

}
