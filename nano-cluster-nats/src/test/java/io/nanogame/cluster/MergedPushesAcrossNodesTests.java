package io.nanogame.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.nanogame.client.ClientState;
import io.nanogame.client.NanoClient;
import io.nanogame.group.Group;
import io.nanogame.group.MergedRoutes;
import io.nanogame.route.Request;
import io.nanogame.serialize.MergeForm;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.Session;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two gateways and a backend with a room whose broadcasts are merged. A window does not
 * end within a test, except that of {@code onBlink}.
 */
class MergedPushesAcrossNodesTests {

	private static final int MAX_LENGTH = 1000;

	private static final MergedRoutes MERGED = new MergedRoutes(
			List.of(route("onChat", Duration.ofHours(1)), route("onBlink", Duration.ofMillis(20))));

	private final NatsServer nats = new NatsServer();

	private final TestNode gateA = TestNode.merging(this.nats, "gate-a", true, MERGED);

	private final TestNode gateB = TestNode.merging(this.nats, "gate-b", true, MERGED);

	private final TestNode chat = TestNode.merging(this.nats, "chat", false, MERGED);

	private boolean chatRuns = true;

	private final Group room = this.chat.groups.get("room");

	private static MergedRoute route(String name, Duration window) {
		return new MergedRoute(name, window, MAX_LENGTH, new MergeForm("items"));
	}

	@BeforeEach
	void start() {
		this.chat.lane("room.join", (request) -> {
			this.room.add(request.session());
			return Map.of();
		}).lane("room.visit", this::visit).lane("room.kick", this::kick).lane("room.over", this::over).start();
		this.gateA.start();
		this.gateB.start();
		Awaitility.await()
			.until(() -> Stream.of(this.chat, this.gateA, this.gateB)
				.allMatch((node) -> node.cluster.nodes().others().size() == 2));
	}

	private void stopChat() {
		if (this.chatRuns) {
			this.chatRuns = false;
			this.chat.close();
		}
	}

	@AfterEach
	void stop() {
		stopChat();
		this.gateA.close();
		this.gateB.close();
		this.nats.close();
	}

	private Object visit(Request request) {
		Session session = request.session();
		this.room.broadcast("onChat", 1);
		this.room.add(session);
		this.room.broadcast("onChat", 2);
		this.room.broadcast("onChat", 3);
		this.room.leave(session);
		this.room.broadcast("onChat", 4);
		this.room.add(session);
		this.room.broadcast("onNews", 5);
		return Map.of();
	}

	private Object kick(Request request) {
		this.room.broadcast("onChat", 1);
		request.session().kick("enough");
		return Map.of();
	}

	private Object over(Request request) {
		Group round = this.chat.groups.create("round");
		round.add(request.session());
		round.broadcast("onChat", 1);
		round.close();
		return Map.of();
	}

	private static BlockingQueue<String> received(NanoClient client) {
		BlockingQueue<String> pushes = new LinkedBlockingQueue<>();
		client.on("onChat", Object.class, (push) -> pushes.add(push.toString()));
		client.on("onBlink", Object.class, (push) -> pushes.add(push.toString()));
		client.on("onNews", Object.class, (push) -> pushes.add(push.toString()));
		return pushes;
	}

	private static void assertReceived(BlockingQueue<String> pushes, String... expected) throws InterruptedException {
		for (String push : expected) {
			assertThat(pushes.poll(10, TimeUnit.SECONDS)).isEqualTo(push);
		}
	}

	@Test
	void membersOnAllGatewaysReceiveTheSamePushes() throws Exception {
		try (NanoClient ann = this.gateA.client(); NanoClient bob = this.gateB.client()) {
			BlockingQueue<String> annReceived = received(ann);
			BlockingQueue<String> bobReceived = received(bob);
			ann.call("room.join", null, Map.class);
			bob.call("room.join", null, Map.class);
			this.room.broadcast("onChat", "one");
			this.room.broadcast("onChat", 2);
			this.room.broadcast("onNews", 3);
			this.room.broadcast("onChat", 4);
			this.room.broadcast("onChat", 5);
			this.room.multicast("onNews", 6, (member) -> true);
			this.room.broadcast("onChat", "x".repeat(MAX_LENGTH));
			this.room.broadcast("onBlink", 7);
			for (BlockingQueue<String> pushes : List.of(annReceived, bobReceived)) {
				assertReceived(pushes, "{items=[one, 2]}", "3", "{items=[4, 5]}", "6",
						"{items=[" + "x".repeat(MAX_LENGTH) + "]}", "{items=[7]}");
			}
		}
	}

	@Test
	void aSessionReceivesTheItemsOfItsMembership() throws Exception {
		try (NanoClient ann = this.gateA.client(); NanoClient bob = this.gateB.client()) {
			BlockingQueue<String> annReceived = received(ann);
			BlockingQueue<String> bobReceived = received(bob);
			bob.call("room.join", null, Map.class);
			ann.call("room.visit", null, Map.class);
			assertReceived(annReceived, "{items=[2, 3]}", "5");
			assertReceived(bobReceived, "{items=[1]}", "{items=[2, 3]}", "{items=[4]}", "5");
		}
	}

	@Test
	void aStopAndTheCloseOfAGroupSendTheItems() throws Exception {
		try (NanoClient ann = this.gateA.client(); NanoClient bob = this.gateB.client()) {
			BlockingQueue<String> annReceived = received(ann);
			BlockingQueue<String> bobReceived = received(bob);
			ann.call("room.join", null, Map.class);
			bob.call("room.join", null, Map.class);
			Group local = this.gateA.groups.get("local");
			this.gateA.sessions.all().forEach(local::add);
			local.broadcast("onChat", 1);
			local.close();
			assertReceived(annReceived, "{items=[1]}");
			this.room.broadcast("onChat", 2);
			stopChat();
			assertReceived(annReceived, "{items=[2]}");
			assertReceived(bobReceived, "{items=[2]}");
		}
	}

	@Test
	void aSessionThatThisNodeClosesReceivesTheEarlierItemsFirst() throws Exception {
		try (NanoClient ann = this.gateA.client(); NanoClient bob = this.gateB.client()) {
			BlockingQueue<String> annReceived = received(ann);
			BlockingQueue<String> bobReceived = received(bob);
			ann.states()
				.filter((state) -> state.phase() == ClientState.Phase.CLOSED)
				.subscribe((state) -> annReceived.add("end"));
			ann.call("room.join", null, Map.class);
			bob.call("room.join", null, Map.class);
			ann.notify("room.kick", null);
			assertReceived(annReceived, "{items=[1]}", "end");
			assertReceived(bobReceived, "{items=[1]}");
		}
	}

	@Test
	void aSessionThatHasJustJoinedReceivesTheItemsOfAClosedGroup() throws Exception {
		try (NanoClient ann = this.gateA.client()) {
			BlockingQueue<String> received = received(ann);
			ann.call("room.over", null, Map.class);
			assertReceived(received, "{items=[1]}");
		}
	}

}
