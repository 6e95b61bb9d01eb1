package io.nanogame.boot.autoconfigure.room;

import java.util.ArrayList;
import java.util.List;

import io.nanogame.boot.autoconfigure.cluster.ClusterRunner;
import io.nanogame.cluster.ClusterNode;
import io.nanogame.node.Nodes;
import io.nanogame.server.GameServer;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.Rooms;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawResumingClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.awaitility.Awaitility.await;

/**
 * Nodes with rooms on a real NATS server, and players.
 */
abstract class RoomCluster {

	private NatsServer nats;

	private final List<RawClient> clients = new ArrayList<>();

	@BeforeEach
	void start() {
		this.nats = new NatsServer();
	}

	@AfterEach
	void stop() {
		closeClients();
		this.nats.close();
	}

	/** Closes all clients, so that their gateways need not wait for them. */
	void closeClients() {
		this.clients.forEach(RawClient::close);
		this.clients.clear();
	}

	ApplicationContextRunner node(String name) {
		return ClusterRunner.create(this.nats)
			.withConfiguration(AutoConfigurations.of(NanoRoomAutoConfiguration.class))
			.withPropertyValues("nano.cluster.name=" + name);
	}

	/** Returns a node whose clients log in and may use all rooms. */
	ApplicationContextRunner gateway(String name) {
		return node(name).withBean(Lobby.class).withPropertyValues("nano.room.client-access=true");
	}

	/** Returns a node without clients. */
	ApplicationContextRunner backend(String name, Class<?> room) {
		return node(name).withUserConfiguration(room).withPropertyValues("nano.server.enabled=false");
	}

	/**
	 * Waits until each node knows all others, and how many of these have a kind of room.
	 */
	static void awaitNodes(String kind, int hosts, AssertableApplicationContext... nodes) {
		for (AssertableApplicationContext node : nodes) {
			int others = node.getBean(GameRooms.class).kinds().isEmpty() ? hosts : hosts - 1;
			await().until(() -> node.getBean(Nodes.class).all().size() == nodes.length
					&& node.getBean(Nodes.class).withComponent(kind).size() == others);
		}
	}

	/** Runs a test on two gateways and two backends with a kind of room. */
	void onFourNodes(String kind, Class<?> room, FourNodes test) {
		gateway("west").run((west) -> gateway("east")
			.run((east) -> backend("one", room).run((one) -> backend("two", room).run((two) -> {
				awaitNodes(kind, 2, west, east, one, two);
				test.run(west, east, one, two);
				closeClients();
			}))));
	}

	static void drain(AssertableApplicationContext node) {
		node.getBean(ClusterNode.class).drain().begin();
	}

	RawClient connect(AssertableApplicationContext gateway) {
		RawClient client = RawClient.tcp(gateway.getBean(GameServer.class).port());
		this.clients.add(client);
		return client;
	}

	RawClient login(AssertableApplicationContext gateway, String uid) {
		RawClient client = connect(gateway).handshake();
		client.request(1, "lobby.login", "\"" + uid + "\"").readResponse(1);
		return client;
	}

	RawResumingClient loginResuming(AssertableApplicationContext gateway, String uid) {
		RawResumingClient client = new RawResumingClient(connect(gateway)).open();
		client.request(1, "lobby.login", "\"" + uid + "\"").read();
		return client;
	}

	static JsonNode call(RawClient client, String route, String body) {
		return JsonMapper.shared().readTree(client.request(2, route, body).readResponse(2));
	}

	/** Returns the id of the room. */
	static String join(RawClient client, String kind) {
		String room = call(client, "rooms.joinOrCreate", "{\"kind\":\"" + kind + "\"}").path("room").asString();
		call(client, kind + ".join", "{}");
		return room;
	}

	/** Reads states until one contains a text. */
	static void awaitState(RawClient client, String text) {
		await().until(() -> client.readPush("room.state").contains(text));
	}

	/** Creates rooms until a node has one. */
	static String roomOn(AssertableApplicationContext host, String kind, Rooms rooms) {
		await().until(() -> {
			rooms.create(kind, null).toCompletableFuture().join();
			return !host.getBean(GameRooms.class).rooms(kind).isEmpty();
		});
		return host.getBean(GameRooms.class).rooms(kind).get(0).room();
	}

	interface FourNodes {

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

}
