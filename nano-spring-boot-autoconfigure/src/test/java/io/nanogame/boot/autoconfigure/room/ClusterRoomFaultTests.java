package io.nanogame.boot.autoconfigure.room;

import java.util.ArrayList;
import java.util.List;

import io.nanogame.boot.autoconfigure.cluster.ClusterRunner;
import io.nanogame.node.Nodes;
import io.nanogame.server.GameServer;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.RoomInfo;
import io.nanogame.spring.room.Rooms;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
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

/**
 * Clients that ask for more than one seat, and more rooms than a message can list, on two
 * backends behind a gateway.
 */
class ClusterRoomFaultTests {

	private NatsServer nats;

	private final List<RawClient> clients = new ArrayList<>();

	@BeforeEach
	void start() {
		this.nats = new NatsServer();
	}

	@AfterEach
	void stop() {
		this.clients.forEach(RawClient::close);
		this.nats.close();
	}

	private ApplicationContextRunner gateway() {
		return node("west").withBean(Door.class).withPropertyValues("nano.room.client-access=true");
	}

	private ApplicationContextRunner backend(String name) {
		return node(name).withUserConfiguration(Board.class).withPropertyValues("nano.server.enabled=false");
	}

	private ApplicationContextRunner node(String name) {
		return ClusterRunner.create(this.nats)
			.withConfiguration(AutoConfigurations.of(NanoRoomAutoConfiguration.class))
			.withPropertyValues("nano.cluster.name=" + name);
	}

	private void inCluster(InCluster test) {
		gateway().run((west) -> backend("one").run((one) -> backend("two").run((two) -> {
			await().until(() -> west.getBean(Nodes.class).withComponent("board").size() == 2);
			await().until(() -> one.getBean(Nodes.class).withComponent("board").size() == 1);
			await().until(() -> two.getBean(Nodes.class).withComponent("board").size() == 1);
			test.run(west, one, two);
		})));
	}

	private RawClient login(AssertableApplicationContext gateway, String uid) {
		RawClient client = RawClient.tcp(gateway.getBean(GameServer.class).port()).handshake();
		this.clients.add(client);
		client.request(1, "door.login", "\"" + uid + "\"").readResponse(1);
		return client;
	}

	private static JsonNode call(RawClient client, String route, String body) {
		return JsonMapper.shared().readTree(client.request(2, route, body).readResponse(2));
	}

	/** Creates rooms until a backend has one. */
	private static String roomOn(AssertableApplicationContext backend, Rooms rooms) {
		await().until(() -> {
			rooms.create("board", null).toCompletableFuture().join();
			return !backend.getBean(GameRooms.class).rooms("board").isEmpty();
		});
		return backend.getBean(GameRooms.class).rooms("board").get(0).room();
	}

	@Test
	void aPlayerHasOneSeatOnAllBackends() {
		inCluster((west, one, two) -> {
			Rooms rooms = west.getBean(Rooms.class);
			String first = roomOn(one, rooms);
			String second = roomOn(two, rooms);
			RawClient ann = login(west, "ann");
			call(ann, "rooms.join", "{\"room\":\"" + first + "\"}");
			call(ann, "board.join", "{}");
			assertThat(call(ann, "rooms.join", "{\"room\":\"" + second + "\"}").path("code").asInt()).isEqualTo(423);
			assertThat(call(ann, "rooms.spectate", "{\"room\":\"" + second + "\"}").path("code").asInt())
				.isEqualTo(423);
			assertThat(call(ann, "board.room", "").asString()).isEqualTo(first);
			assertThat(rooms.find(second).toCompletableFuture().join().players()).isZero();
		});
	}

	@Test
	void aReservationOnTheOtherBackendReplacesTheFormerOne() {
		inCluster((west, one, two) -> {
			Rooms rooms = west.getBean(Rooms.class);
			String first = roomOn(one, rooms);
			String second = roomOn(two, rooms);
			RawClient ann = login(west, "ann");
			call(ann, "rooms.join", "{\"room\":\"" + first + "\"}");
			call(ann, "rooms.join", "{\"room\":\"" + second + "\"}");
			assertThat(rooms.find(first).toCompletableFuture().join().players()).isZero();
			call(ann, "board.join", "{}");
			assertThat(call(ann, "board.room", "").asString()).isEqualTo(second);
		});
	}

	@Test
	void moreRoomsThanFitInAMessageAreListed() {
		inCluster((west, one, two) -> {
			Rooms rooms = west.getBean(Rooms.class);
			for (int i = 0; i < 250; i++) {
				rooms.create("board", null).toCompletableFuture().join();
			}
			List<RoomInfo> all = rooms.list("board", (room) -> true, 0, 1000).toCompletableFuture().join();
			assertThat(all).hasSize(250);
			RawClient ann = login(west, "ann");
			String room = call(ann, "rooms.joinOrCreate", "{\"kind\":\"board\"}").path("room").asString();
			assertThat(all).extracting(RoomInfo::room).contains(room);
		});
	}

	private interface InCluster {

		void run(AssertableApplicationContext west, AssertableApplicationContext one, AssertableApplicationContext two)
				throws Exception;

	}

	@GameComponent("door")
	static class Door {

		@Handler
		void login(Session session, String uid) {
			session.bind(uid);
		}

	}

	@GameRoom(value = "board", seats = 2, reservation = "1m", emptyFor = "1m")
	static class Board {

		private final Room<Void> room;

		Board(Room<Void> room) {
			this.room = room;
			room.metadata("map", "x".repeat(10_000));
		}

		@Handler
		String room() {
			return this.room.id();
		}

	}

}
