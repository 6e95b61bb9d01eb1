package io.nanogame.cluster;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.group.Group;
import io.nanogame.session.Session;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two gateways and two backends, each with the same room.
 */
class GroupsAcrossNodesTests {

	private final NatsServer nats = new NatsServer();

	private final TestNode gateA = TestNode.gateway(this.nats, "gate-a");

	private final TestNode gateB = TestNode.gateway(this.nats, "gate-b");

	private final TestNode chat1 = room(TestNode.backend(this.nats, "chat-1"));

	private final TestNode chat2 = room(TestNode.backend(this.nats, "chat-2"));

	private static TestNode room(TestNode node) {
		Group lobby = node.groups.create("lobby");
		return node.lane("room.join", (request) -> {
			request.session().bind(new String(request.body()));
			lobby.broadcast("onNew", new Text("new"));
			lobby.add(request.session());
			lobby.broadcast("onAll", new Text("all"));
			return new Text(node.cluster.nodes().self().id());
		}).lane("room.leave", (request) -> {
			lobby.leave(request.session());
			return new Text("left");
		}).lane("room.say", (request) -> {
			lobby.broadcast("onMessage", new Text("hello"));
			return new Text("said");
		});
	}

	@BeforeEach
	void start() {
		for (TestNode node : new TestNode[] { this.chat1, this.chat2, this.gateA, this.gateB }) {
			node.start();
		}
		Awaitility.await()
			.until(() -> this.gateA.cluster.nodes().others().size() == 3
					&& this.gateB.cluster.nodes().others().size() == 3);
	}

	@AfterEach
	void stop() {
		for (TestNode node : new TestNode[] { this.gateA, this.gateB, this.chat1, this.chat2 }) {
			node.close();
		}
		this.nats.close();
	}

	@Test
	void whoIsAddedBeforeABroadcastGetsItAndNotTheOneBefore() throws Exception {
		try (NanoClient ann = this.gateA.client()) {
			BlockingQueue<String> heard = new LinkedBlockingQueue<>();
			ann.on("onNew", Text.class, (text) -> heard.add(text.text()));
			ann.on("onAll", Text.class, (text) -> heard.add(text.text()));
			ann.call("room.join", "ann".getBytes(), Text.class);
			assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("all");
		}
	}

	/** The replies of the other nodes may arrive while the group is being opened. */
	@Test
	void aGroupThatIsOpenedLaterKnowsTheMembersOfOtherNodes() {
		try (NanoClient ann = this.gateA.client()) {
			ann.call("room.join", "ann".getBytes(), Text.class);
			Session session = this.gateA.sessions.all().iterator().next();
			for (int i = 0; i < 40; i++) {
				this.gateA.groups.create("late" + i).add(session);
				this.gateA.flush();
				Group late = this.chat1.groups.create("late" + i);
				Awaitility.await().until(() -> late.count() == 1);
			}
		}
	}

	@Test
	void aBroadcastReachesMembersOnAllGatewaysWhicheverNodeAddedThem() throws Exception {
		this.gateA.strategy((session, component, candidates) -> candidates.get(0));
		this.gateB.strategy((session, component, candidates) -> candidates.get(1));
		try (NanoClient ann = this.gateA.client(); NanoClient bob = this.gateB.client()) {
			BlockingQueue<String> heard = new LinkedBlockingQueue<>();
			ann.on("onMessage", Text.class, (text) -> heard.add("ann"));
			bob.on("onMessage", Text.class, (text) -> heard.add("bob"));
			String first = ann.call("room.join", "ann".getBytes(), Text.class).text();
			String second = bob.call("room.join", "bob".getBytes(), Text.class).text();
			assertThat(first).isNotEqualTo(second);
			this.gateB.flush();
			ann.call("room.say", null, Text.class);
			assertThat(heard.poll(5, TimeUnit.SECONDS)).isNotNull();
			assertThat(heard.poll(5, TimeUnit.SECONDS)).isNotNull();
			bob.call("room.say", null, Text.class);
			assertThat(heard.poll(5, TimeUnit.SECONDS)).isNotNull();
			assertThat(heard.poll(5, TimeUnit.SECONDS)).isNotNull();
			Awaitility.await().untilAsserted(() -> {
				assertThat(this.chat1.groups.get("lobby").memberIds()).containsExactlyInAnyOrder("ann", "bob");
				assertThat(this.chat2.groups.get("lobby").memberIds()).containsExactlyInAnyOrder("ann", "bob");
			});
		}
		Awaitility.await().untilAsserted(() -> {
			assertThat(this.chat1.groups.get("lobby").count()).isZero();
			assertThat(this.chat2.groups.get("lobby").count()).isZero();
			assertThat(this.gateA.cluster.groups().count()).isZero();
			assertThat(this.gateB.cluster.groups().count()).isZero();
		});
	}

}
