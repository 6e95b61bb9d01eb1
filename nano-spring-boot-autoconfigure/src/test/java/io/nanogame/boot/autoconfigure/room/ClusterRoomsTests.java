package io.nanogame.boot.autoconfigure.room;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.nanogame.node.Nodes;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.RoomInfo;
import io.nanogame.spring.room.Rooms;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Rooms on two backends, whose players are on two gateways. The nodes have the same
 * classes, except that only the backends have rooms.
 */
class ClusterRoomsTests extends RoomCluster {

	private void inCluster(FourNodes test) {
		onFourNodes("hall", Hall.class, test);
	}

	private static String join(RawClient client) {
		return join(client, "hall");
	}

	@Test
	void playersOfAllGatewaysMeet() {
		inCluster((west, east, one, two) -> {
			RawClient ann = login(west, "ann");
			RawClient bob = login(east, "bob");
			String room = join(ann);
			assertThat(join(bob)).isEqualTo(room);
			awaitState(ann, "\"bob\"");
			call(ann, "hall.write", "\"hi\"");
			awaitState(bob, "\"ann\":\"hi\"");
			call(bob, "hall.write", "\"hello\"");
			awaitState(ann, "hello");
			assertThat(call(ann, "hall.node", "").asString()).isEqualTo(call(bob, "hall.node", "").asString());
		});
	}

	@Test
	void roomsAreOnBothBackends() {
		inCluster((west, east, one, two) -> {
			Rooms rooms = west.getBean(Rooms.class);
			List<RoomInfo> created = new ArrayList<>();
			await().until(() -> {
				created.add(rooms.create("hall", null).toCompletableFuture().join());
				return !one.getBean(GameRooms.class).rooms("hall").isEmpty()
						&& !two.getBean(GameRooms.class).rooms("hall").isEmpty();
			});
			assertThat(east.getBean(Rooms.class).list("hall", (room) -> true, 0, 100).toCompletableFuture().join())
				.extracting(RoomInfo::room)
				.containsExactlyInAnyOrderElementsOf(created.stream().map(RoomInfo::room).toList());
			RawClient ann = login(west, "ann");
			Set<String> nodes = new HashSet<>();
			for (RoomInfo room : created) {
				call(ann, "rooms.join", "{\"room\":\"" + room.room() + "\"}");
				call(ann, "hall.join", "{}");
				nodes.add(call(ann, "hall.node", "").asString());
				call(ann, "hall.leave", "");
			}
			assertThat(nodes).hasSize(2);
		});
	}

	@Test
	void thePlayerAtTheOtherGatewayLeavesWithItsConnection() {
		inCluster((west, east, one, two) -> {
			RawClient ann = login(west, "ann");
			RawClient bob = login(east, "bob");
			assertThat(join(ann)).isEqualTo(join(bob));
			awaitState(ann, "\"bob\"");
			bob.close();
			awaitState(ann, "\"bob\":null");
		});
	}

	@Test
	void aRoomClosesFromAnyNode() {
		inCluster((west, east, one, two) -> {
			RawClient ann = login(west, "ann");
			String room = join(ann);
			east.getBean(Rooms.class).close(room, "by an admin").toCompletableFuture().join();
			assertThat(ann.readPush("room.left")).contains("\"closed\"", "by an admin");
			assertThat(join(ann)).isNotEqualTo(room);
		});
	}

	@Test
	void aRoomOfAStoppingBackendIsClosedAndItsPlayersGoElsewhere() {
		gateway("west").run((west) -> backend("one", Hall.class).run((one) -> {
			RawClient[] ann = new RawClient[1];
			String[] room = new String[1];
			backend("two", Hall.class).run((two) -> {
				await().until(() -> west.getBean(Nodes.class).withComponent("hall").size() == 2);
				ann[0] = login(west, "ann");
				await().until(() -> {
					room[0] = join(ann[0]);
					boolean isOnTwo = !two.getBean(GameRooms.class).rooms("hall").isEmpty();
					if (!isOnTwo) {
						call(ann[0], "hall.leave", "");
					}
					return isOnTwo;
				});
			});
			assertThat(ann[0].readPush("room.left")).contains("\"closed\"", room[0]);
			await().until(() -> west.getBean(Nodes.class).withComponent("hall").size() == 1);
			assertThat(join(ann[0])).isNotEqualTo(room[0]);
			assertThat(one.getBean(GameRooms.class).rooms("hall")).hasSize(1);
		}));
	}

	@Test
	void playersStayInTheRoomsOfADrainedBackend() {
		inCluster((west, east, one, two) -> {
			RawClient ann = login(west, "ann");
			String room = join(ann);
			AssertableApplicationContext drained = one.getBean(GameRooms.class).rooms("hall").isEmpty() ? two : one;
			String node = call(ann, "hall.node", "").asString();
			drain(drained);
			await().until(() -> east.getBean(Nodes.class).withComponent("hall").size() == 1);
			assertThat(join(login(east, "bob"))).isNotEqualTo(room);
			assertThat(call(ann, "hall.node", "").asString()).isEqualTo(node);
			RawClient eve = login(east, "eve");
			call(eve, "rooms.join", "{\"room\":\"" + room + "\"}");
			call(eve, "hall.join", "{}");
			assertThat(call(eve, "hall.node", "").asString()).as("joined by the id").isEqualTo(node);
			call(eve, "hall.leave", "");
			call(ann, "hall.leave", "");
			assertThat(join(ann)).isNotEqualTo(room);
			assertThat(drained.getBean(GameRooms.class).rooms("hall")).isEmpty();
		});
	}

}
