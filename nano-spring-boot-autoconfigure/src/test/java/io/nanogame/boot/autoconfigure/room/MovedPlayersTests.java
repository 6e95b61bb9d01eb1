package io.nanogame.boot.autoconfigure.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.nanogame.boot.autoconfigure.cluster.ClusterRunner;
import io.nanogame.cluster.ClusterNode;
import io.nanogame.node.Nodes;
import io.nanogame.server.GameServer;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.LeaveReason;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.OnLeave;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.RoomListener;
import io.nanogame.spring.room.Tick;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawResumingClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Players in rooms whose sessions move from one gateway to another. */
class MovedPlayersTests {

	private NatsServer nats;

	private final List<RawClient> clients = new ArrayList<>();

	/** The gateways that have reported a lost room. */
	private final List<String> lost = new CopyOnWriteArrayList<>();

	@BeforeEach
	void start() {
		this.nats = new NatsServer();
	}

	@AfterEach
	void stop() {
		this.clients.forEach(RawClient::close);
		this.nats.close();
	}

	private ApplicationContextRunner gateway(String name) {
		return node(name).withBean(Lobby.class)
			.withBean(Lost.class, this.lost)
			.withPropertyValues("nano.room.client-access=true");
	}

	private ApplicationContextRunner backend(String name) {
		return node(name).withUserConfiguration(Hall.class).withPropertyValues("nano.server.enabled=false");
	}

	private ApplicationContextRunner node(String name) {
		return ClusterRunner.create(this.nats)
			.withConfiguration(AutoConfigurations.of(NanoRoomAutoConfiguration.class))
			.withPropertyValues("nano.cluster.name=" + name);
	}

	private void inCluster(InCluster test) {
		gateway("west").run((west) -> gateway("east").run((east) -> backend("one").run((one) -> {
			backend("two").run((two) -> {
				for (AssertableApplicationContext node : List.of(west, east, one, two)) {
					await().until(() -> node.getBean(Nodes.class).all().size() == 4);
				}
				await().until(() -> west.getBean(Nodes.class).withComponent("hall").size() == 2);
				await().until(() -> east.getBean(Nodes.class).withComponent("hall").size() == 2);
				test.run(west, east, one, two);
			});
		})));
	}

	private RawClient login(AssertableApplicationContext gateway, String uid) {
		RawClient client = RawClient.tcp(gateway.getBean(GameServer.class).port()).handshake();
		this.clients.add(client);
		client.request(1, "lobby.login", "\"" + uid + "\"").readResponse(1);
		return client;
	}

	private static JsonNode call(RawClient client, String route, String body) {
		return JsonMapper.shared().readTree(client.request(2, route, body).readResponse(2));
	}

	private static String join(RawClient client) {
		String room = call(client, "rooms.joinOrCreate", "{\"kind\":\"hall\"}").path("room").asString();
		call(client, "hall.join", "{}");
		return room;
	}

	/** Reads states until one contains a text. */
	private static void awaitState(RawClient client, String text) {
		await().until(() -> client.readPush("room.state").contains(text));
	}

	private RawResumingClient resuming(AssertableApplicationContext gateway, String uid) {
		RawResumingClient client = new RawResumingClient(connect(gateway)).open();
		client.request(1, "lobby.login", "\"" + uid + "\"").read();
		return client;
	}

	private RawClient connect(AssertableApplicationContext gateway) {
		RawClient client = RawClient.tcp(gateway.getBean(GameServer.class).port());
		this.clients.add(client);
		return client;
	}

	private static List<String> until(RawResumingClient client, String text) {
		List<String> read = new ArrayList<>();
		do {
			read.add(client.read());
		}
		while (!read.get(read.size() - 1).contains(text));
		return read;
	}

	private static List<Integer> versions(List<String> messages) {
		return messages.stream()
			.map((message) -> JsonMapper.shared().readTree(message).path("version").asInt())
			.filter((version) -> version > 0)
			.toList();
	}

	private static List<Integer> inOrder(List<Integer> versions) {
		int first = versions.get(0);
		return IntStream.range(first, first + versions.size()).boxed().toList();
	}

	@Test
	void aPlayerStaysInTheRoomWhenTheGatewayDrains() {
		inCluster((west, east, one, two) -> {
			RawResumingClient ann = resuming(west, "ann");
			ann.request(2, "rooms.joinOrCreate", "{\"kind\":\"hall\"}");
			until(ann, "seat");
			ann.request(3, "hall.join", "{}");
			until(ann, "ticks");
			west.getBean(ClusterNode.class).drain().begin();
			List<String> states = new ArrayList<>();
			await().until(() -> {
				try {
					states.add(ann.read());
				}
				catch (RuntimeException | AssertionError ex) {
					return true;
				}
				return false;
			});
			ann.resume(connect(east));
			ann.request(4, "hall.say", "\"moved\"");
			states.addAll(until(ann, "\"moved\""));
			states.addAll(until(ann, "ticks"));
			states.addAll(until(ann, "ticks"));
			assertThat(versions(states)).isNotEmpty().isEqualTo(inOrder(versions(states)));
			RawClient bob = login(east, "bob");
			join(bob);
			ann.request(5, "hall.say", "\"again\"");
			awaitState(bob, "\"ann\":\"again\"");
			ann.request(6, "hall.leave", "");
			awaitState(bob, "\"ann\":null");
		});
	}

	@Test
	void aPlayerWhoLeavesTheGameAfterTheMoveLeavesTheRoom() {
		inCluster((west, east, one, two) -> {
			RawResumingClient ann = resuming(west, "ann");
			ann.request(2, "rooms.joinOrCreate", "{\"kind\":\"hall\"}");
			until(ann, "seat");
			ann.request(3, "hall.join", "{}");
			until(ann, "ticks");
			ann.cut();
			ann.resume(connect(east));
			RawClient bob = login(west, "bob");
			join(bob);
			ann.leave();
			awaitState(bob, "\"ann\":null");
		});
	}

	@Test
	void aMovedPlayerIsNotifiedOnceWhenTheBackendStops() {
		gateway("west").run((west) -> gateway("east").run((east) -> {
			RawResumingClient[] ann = new RawResumingClient[1];
			backend("one").run((one) -> {
				await().until(() -> west.getBean(Nodes.class).withComponent("hall").size() == 1);
				await().until(() -> east.getBean(Nodes.class).withComponent("hall").size() == 1);
				ann[0] = resuming(west, "ann");
				ann[0].request(2, "rooms.joinOrCreate", "{\"kind\":\"hall\"}");
				until(ann[0], "seat");
				ann[0].request(3, "hall.join", "{}");
				until(ann[0], "ticks");
				ann[0].cut();
				ann[0].resume(connect(east));
				ann[0].request(4, "hall.say", "\"moved\"");
				until(ann[0], "\"moved\"");
				one.getBean(ClusterNode.class).close();
			});
			until(ann[0], "node-lost");
			ann[0].request(5, "rooms.joinOrCreate", "{\"kind\":\"hall\"}");
			assertThat(until(ann[0], "code")).as("the reply").hasSize(1);
			assertThat(this.lost).containsExactly("east");
		}));
	}

	static class Lost implements RoomListener {

		private final List<String> names;

		private final Nodes nodes;

		Lost(List<String> names, Nodes nodes) {
			this.names = names;
			this.nodes = nodes;
		}

		@Override
		public void lost(Session session, String kind, String room) {
			this.names.add(this.nodes.self().name());
		}

	}

	private interface InCluster {

		void run(AssertableApplicationContext west, AssertableApplicationContext east, AssertableApplicationContext one,
				AssertableApplicationContext two) throws Exception;

	}

	@GameComponent("lobby")
	static class Lobby {

		@Handler
		void login(Session session, String uid) {
			session.bind(uid);
		}

	}

	@GameRoom(value = "hall", seats = 2)
	static class Hall {

		private final Room<HallState> room;

		Hall(Room<HallState> room) {
			this.room = room;
		}

		@OnJoin
		void join(Session player) {
			this.room.state().said.put(String.valueOf(player.uid()), "");
		}

		@OnLeave
		void leave(Session player, LeaveReason reason) {
			this.room.state().said.remove(String.valueOf(player.uid()));
		}

		@Tick("20ms")
		void tick(Duration elapsed) {
			this.room.state().ticks++;
		}

		@Handler
		void say(Session player, String text) {
			this.room.state().said.put(String.valueOf(player.uid()), text);
		}

		static final class HallState {

			final Map<String, String> said = new TreeMap<>();

			int ticks;

		}

	}

}
