package io.nanogame.boot.autoconfigure.room;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.nanogame.cluster.ClusterNode;
import io.nanogame.node.Nodes;
import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.MovableRoom;
import io.nanogame.spring.room.RoomInfo;
import io.nanogame.spring.room.Rooms;
import io.nanogame.spring.room.View;
import io.nanogame.test.RawClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Rooms whose nodes are drained, and which move to others.
 */
class MovingRoomsTests extends RoomCluster {

	private void inCluster(FourNodes test) {
		onFourNodes("relay", Relay.class, test);
	}

	private static void enter(RawClient client, String action, String room) {
		assertThat(call(client, "rooms." + action, "{\"room\":\"" + room + "\"}").path("room").asString())
			.isEqualTo(room);
		client.request(3, "relay.join", "{}").readResponse(3);
	}

	/** Returns false also if the message has waited on the other node, and failed. */
	private static boolean isIn(RawClient player, String node) {
		return call(player, "relay.where", "").toString().equals("\"" + node + "\"");
	}

	private static boolean isOn(AssertableApplicationContext node, String room) {
		return roomsOn(node).stream().anyMatch((info) -> info.room().equals(room));
	}

	private static List<RoomInfo> roomsOn(AssertableApplicationContext node) {
		return node.getBean(GameRooms.class).rooms("relay");
	}

	@Test
	void playersNoticeAShortPauseOnly() {
		inCluster((west, east, one, two) -> {
			String room = roomOn(one, "relay", west.getBean(Rooms.class));
			RawClient ann = login(west, "ann");
			RawClient bob = login(east, "bob");
			RawClient eve = login(east, "eve");
			enter(ann, "join", room);
			enter(bob, "join", room);
			enter(eve, "spectate", room);
			call(eve, "relay.where", "");
			call(ann, "relay.lock", "");
			try (Runner runner = new Runner(ann); Runner other = new Runner(bob)) {
				await().until(() -> runner.number() > 200 && other.number() > 200);
				drain(one);
				await().until(() -> roomsOn(one).isEmpty() && isOn(two, room));
				int moved = runner.number();
				await().until(() -> runner.number() > moved + 200);
				assertThat(runner.finish()).isEmpty();
				assertThat(other.finish()).isEmpty();
			}
			assertThat(Relay.events(room)).containsExactly("join ann", "join bob", "restored on two");
			RoomInfo info = east.getBean(Rooms.class).find(room).toCompletableFuture().join();
			assertThat(info.players()).isEqualTo(2);
			assertThat(info.spectators()).isOne();
			assertThat(info.locked()).isTrue();
			assertThat(info.metadata()).containsEntry("map", "islands");
			assertThat(call(eve, "relay.where", "").asString()).isEqualTo("two");
			assertThat(ann.request(9, "relay.join", "{}").readResponse(9)).isEqualTo("\"welcome, ann\"");
			LoggerFactory.getLogger(getClass()).info("The longest pause: {}", Relay.longestPause(room));
			assertThat(Relay.longestPause(room)).isLessThan(Duration.ofSeconds(3));
		});
	}

	@Test
	void aRoomIsFoundWhenItsFirstNodeIsDrainedNoMore() {
		inCluster((west, east, one, two) -> {
			String room = roomOn(one, "relay", west.getBean(Rooms.class));
			drain(one);
			await().until(() -> isOn(two, room));
			one.getBean(ClusterNode.class).drain().undo();
			await().until(() -> east.getBean(Nodes.class).withComponent("relay").size() == 2);
			RawClient ann = login(east, "ann");
			enter(ann, "join", room);
			assertThat(call(ann, "relay.where", "").asString()).isEqualTo("two");
			assertThat(one.getBean(Rooms.class).find(room).toCompletableFuture().join().players()).isOne();
			one.getBean(Rooms.class).close(room, "by an admin").toCompletableFuture().join();
			assertThat(ann.readPush("room.left")).contains("by an admin");
		});
	}

	@Test
	void eachClientReceivesItsViewWithAHigherVersion() {
		gateway("west").run((west) -> backend("one", Cards.class).run((one) -> {
			awaitNodes("cards", 1, west, one);
			RawClient ann = login(west, "ann");
			join(ann, "cards");
			call(ann, "cards.draw", "\"ace\"");
			backend("two", Cards.class).run((two) -> {
				await().until(() -> one.getBean(Nodes.class).withComponent("cards").size() == 1);
				drain(one);
				JsonNode moved = JsonMapper.shared().readTree(ann.readPush("room.state"));
				assertThat(moved.path("version").asInt()).isEqualTo(3);
				assertThat(moved.path("state").path("hand").asString()).isEqualTo("ace");
				ann.notify("cards.draw", "\"king\"");
				JsonNode next = JsonMapper.shared().readTree(ann.readPush("room.state"));
				assertThat(next.path("version").asInt()).isEqualTo(4);
				assertThat(next.path("patch").path("hand").asString()).isEqualTo("king");
				closeClients();
			});
		}));
	}

	@Test
	void aReservationIsTakenAfterTheMove() {
		inCluster((west, east, one, two) -> {
			String room = roomOn(one, "relay", west.getBean(Rooms.class));
			RawClient ann = login(west, "ann");
			call(ann, "rooms.join", "{\"room\":\"" + room + "\"}");
			drain(one);
			await().until(() -> roomsOn(one).isEmpty() && isOn(two, room));
			assertThat(ann.request(3, "relay.join", "{}").readResponse(3)).isEqualTo("\"welcome, ann\"");
			assertThat(call(ann, "relay.where", "").asString()).isEqualTo("two");
		});
	}

	@Test
	void anOldIdIsFoundAfterTwoMovesWithoutItsFirstNode() {
		gateway("west").run((west) -> {
			String[] room = new String[1];
			backend("two", Relay.class).run((two) -> {
				backend("one", Relay.class).run((one) -> {
					awaitNodes("relay", 2, west, one, two);
					room[0] = roomOn(one, "relay", west.getBean(Rooms.class));
				});
				await().until(() -> west.getBean(Nodes.class).all().size() == 2);
				assertThat(isOn(two, room[0])).isTrue();
				backend("three", Relay.class).run((three) -> {
					awaitNodes("relay", 2, west, two, three);
					drain(two);
					await().until(() -> isOn(three, room[0]));
					RawClient ann = login(west, "ann");
					enter(ann, "join", room[0]);
					assertThat(call(ann, "relay.where", "").asString()).isEqualTo("three");
					closeClients();
				});
			});
		});
	}

	@Test
	void playersOfNodesWithClientsAndRoomsNoticeAShortPauseOnly() {
		combined("west").run((west) -> combined("east").run((east) -> {
			awaitNodes("relay", 2, west, east);
			String room = roomOn(west, "relay", east.getBean(Rooms.class));
			RawClient ann = login(west, "ann");
			RawClient bob = login(east, "bob");
			enter(ann, "join", room);
			enter(bob, "join", room);
			try (Runner runner = new Runner(ann); Runner other = new Runner(bob)) {
				await().until(() -> runner.number() > 200 && other.number() > 200);
				drain(west);
				await().until(() -> roomsOn(west).isEmpty() && isOn(east, room));
				int moved = runner.number();
				int otherMoved = other.number();
				await().until(() -> runner.number() > moved + 200 && other.number() > otherMoved + 200);
				assertThat(runner.finish()).isEmpty();
				assertThat(other.finish()).isEmpty();
			}
			assertThat(Relay.events(room)).containsExactly("join ann", "join bob", "restored on east");
			closeClients();
		}));
	}

	@Test
	void playersOfNodesWithClientsAndRoomsStayInARoomThatCannotBeRestored() {
		combined("west").run((west) -> combined("east").run((east) -> {
			awaitNodes("relay", 2, west, east);
			String room = roomOn(west, "relay", east.getBean(Rooms.class));
			Relay.BROKEN.add(room);
			RawClient ann = login(west, "ann");
			RawClient bob = login(east, "bob");
			enter(ann, "join", room);
			enter(bob, "join", room);
			drain(west);
			await().until(() -> Relay.events(room).contains("broken on east"));
			await().until(() -> isIn(ann, "west"));
			await().until(() -> isIn(bob, "west"));
			Relay.BROKEN.remove(room);
			await().until(() -> isOn(east, room));
			assertThat(call(ann, "relay.where", "").asString()).isEqualTo("east");
			assertThat(call(bob, "relay.where", "").asString()).isEqualTo("east");
			closeClients();
		}));
	}

	/** The clients stay while their node is drained. */
	private ApplicationContextRunner combined(String name) {
		return gateway(name).withUserConfiguration(Relay.class).withPropertyValues("nano.cluster.drain.period=0s");
	}

	@GameRoom(value = "cards", seats = 2)
	static class Cards implements MovableRoom<Map<String, String>> {

		private final Map<String, String> hands = new TreeMap<>();

		@Handler
		void draw(Session player, String card) {
			this.hands.put(String.valueOf(player.uid()), card);
		}

		@View
		Seen view(Session player) {
			return new Seen(this.hands.get(String.valueOf(player.uid())));
		}

		@Override
		public Map<String, String> save() {
			return this.hands;
		}

		@Override
		public void restore(Map<String, String> saved) {
			this.hands.putAll(saved);
		}

		record Seen(@Nullable String hand) {
		}

	}

}
