package io.nanogame.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawResumingClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that resume their sessions on another gateway than that of their former
 * connection.
 */
class MovedSessionsTests {

	private final NatsServer nats = new NatsServer();

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final TestNode first = gateway("first");

	private final TestNode second = gateway("second");

	private final TestNode room = TestNode.backend(this.nats, "room");

	private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();

	private final CompletableFuture<Object> waiting = new CompletableFuture<>();

	private RawResumingClient client;

	private TestNode gateway(String name) {
		TestNode node = TestNode.gateway(this.nats, name);
		node.sessions.addListener(new SessionListener() {

			@Override
			public void opened(Session session) {
				MovedSessionsTests.this.events.add("opened on " + name);
			}

			@Override
			public void resumed(Session session) {
				MovedSessionsTests.this.events.add("resumed on " + name);
			}

		});
		return node.lane(name + ".count", (request) -> {
			Session session = request.session();
			session.attributes().set("count", session.attributes().getInt("count") + 1);
			return session.attributes().getInt("count");
		});
	}

	@BeforeEach
	void start() {
		this.room.lane("room.join", (request) -> {
			Session session = request.session();
			session.bind("ann");
			session.attributes().set("seat", 7);
			this.room.groups.get("lobby").add(session);
			return session.id();
		}).lane("room.seat", (request) -> request.session().uid() + request.session().attributes().getInt("seat"));
		this.room.loop("room.wait", (request) -> {
			this.started.complete(null);
			return this.waiting;
		});
		this.room.start();
		this.first.start();
		this.second.start();
		await().until(() -> this.first.cluster.nodes().others().size() == 2
				&& this.second.cluster.nodes().others().size() == 2 && this.room.cluster.nodes().others().size() == 2);
		this.client = new RawResumingClient(connect(this.first)).open().request(1, "room.join", "");
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.first.close();
		this.second.close();
		this.room.close();
		this.nats.close();
	}

	private static RawClient connect(TestNode node) {
		return RawClient.tcp(node.port());
	}

	private Session session(TestNode node) {
		return node.sessions.all().iterator().next();
	}

	private void cut() {
		this.client.cut();
		await().until(() -> !session(this.first).isConnected());
	}

	@Test
	void theClientReceivesWhatWasSentWhileItWasAway() {
		String id = this.client.read();
		cut();
		Session inTheRoom = session(this.room);
		inTheRoom.push("onPush", 1);
		this.room.groups.get("lobby").broadcast("onPush", 2);
		this.second.cluster.users().push("ann", "onPush", 3);
		await().until(() -> this.room.cluster.users().find("ann").toCompletableFuture().join() != null);
		this.client.resume(connect(this.second));
		assertThat(List.of(this.client.read(), this.client.read(), this.client.read())).containsExactlyInAnyOrder("1",
				"2", "3");
		inTheRoom.push("onPush", 4);
		assertThat(this.client.read()).isEqualTo("4");
		assertThat(this.client.request(2, "room.seat", "").read()).isEqualTo("\"ann7\"");
		assertThat(String.valueOf(session(this.second).id())).isEqualTo(id);
		await().untilAsserted(() -> assertThat(this.events).containsExactly("opened on first", "resumed on second"));
	}

	@Test
	void theSessionStaysWhenItsFormerGatewayStops() {
		this.client.read();
		cut();
		this.client.resume(connect(this.second));
		assertThat(this.client.request(2, "second.count", "").read()).isEqualTo("1");
		await().until(() -> this.first.cluster.handover().count() == 0);
		this.first.close();
		assertThat(this.client.request(3, "second.count", "").read()).isEqualTo("2");
		assertThat(this.client.request(4, "room.seat", "").read()).isEqualTo("\"ann7\"");
	}

	@Test
	void theSessionMovesBack() {
		this.client.read();
		cut();
		this.client.resume(connect(this.second)).request(2, "second.count", "");
		assertThat(this.client.read()).isEqualTo("1");
		await().until(() -> this.second.cluster.handover().count() == 0);
		this.client.cut();
		this.client.resume(connect(this.first)).request(3, "first.count", "");
		assertThat(this.client.read()).isEqualTo("2");
		assertThat(this.client.request(4, "second.count", "").read()).isEqualTo("3");
		this.room.groups.get("lobby").broadcast("onPush", 5);
		assertThat(this.client.read()).isEqualTo("5");
	}

	@Test
	void aSessionWhoseRequestIsUnderWayMovesAfterItsReply() {
		this.client.read();
		this.client.request(2, "room.wait", "");
		await().until(this.started::isDone);
		cut();
		CompletableFuture<Void> resumed = CompletableFuture.runAsync(() -> this.client.resume(connect(this.second)));
		await().until(() -> this.second.cluster.handover().count() > 0);
		await().during(Duration.ofMillis(300)).until(() -> !resumed.isDone());
		this.waiting.complete("late");
		resumed.join();
		assertThat(this.client.read()).isEqualTo("\"late\"");
		await().untilAsserted(() -> assertThat(this.events).containsExactly("opened on first", "resumed on second"));
	}

	@Test
	void aSessionThatNoGatewayHasIsLost() {
		this.client.read();
		this.client.cut();
		this.first.close();
		await().until(() -> this.second.cluster.nodes().others().size() == 1);
		assertThat(this.client.ask(connect(this.second))).isEqualTo("lost");
	}

	@Test
	void aKickedSessionIsLostWithItsReasonOnEachGateway() {
		this.client.read();
		cut();
		session(this.room).kick("cheating");
		await().until(() -> this.first.sessions.count() == 0);
		assertThat(this.client.ask(connect(this.second))).isEqualTo("lost");
		assertThat(this.client.code()).isEqualTo("kick");
	}

	@Test
	void aGatewayWithoutTheOthersAsksTheClientToTryAgain() {
		this.client.read();
		this.client.cut();
		this.nats.kill();
		await().until(() -> !this.second.cluster.isConnected());
		RawClient refused = connect(this.second);
		refused.send(RawClient.packet(1,
				("{\"sys\":{\"resume\":{\"token\":\"" + this.client.token() + "\",\"received\":1}}}")
					.getBytes(StandardCharsets.UTF_8)));
		assertThat(refused.read().text()).contains("\"code\":503").contains("\"retry\":");
	}

}
