package io.nanogame.boot.autoconfigure.room;

import java.util.List;
import java.util.Map;

import io.nanogame.node.Nodes;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.RoomInfo;
import io.nanogame.spring.room.RoomPlacement;
import io.nanogame.spring.room.Rooms;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that ask for more than one seat, and more rooms than a message can list, on two
 * backends behind a gateway.
 */
class ClusterRoomFaultTests extends RoomCluster {

	private void inCluster(InCluster test) {
		gateway("west")
			.run((west) -> backend("one", Board.class).run((one) -> backend("two", Board.class).run((two) -> {
				awaitNodes("board", 2, west, one, two);
				test.run(west, one, two);
			})));
	}

	@Test
	void aPlayerHasOneSeatOnAllBackends() {
		inCluster((west, one, two) -> {
			Rooms rooms = west.getBean(Rooms.class);
			String first = roomOn(one, "board", rooms);
			String second = roomOn(two, "board", rooms);
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
			String first = roomOn(one, "board", rooms);
			String second = roomOn(two, "board", rooms);
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

	@Test
	void noNodeHasAKindAnyMore() {
		gateway("west").run((west) -> {
			RawClient ann = login(west, "ann");
			backend("one", Board.class).run((one) -> awaitNodes("board", 1, west, one));
			await().until(() -> west.getBean(Nodes.class).others().isEmpty());
			assertThat(call(ann, "rooms.joinOrCreate", "{\"kind\":\"board\"}").path("code").asInt()).isEqualTo(502);
			assertThat(call(ann, "rooms.joinOrCreate", "{\"kind\":\"chess\"}").path("code").asInt()).isEqualTo(404);
		});
	}

	@Test
	void roomsAreCreatedWhereTheGameWantsThem() {
		RoomPlacement byName = (kind, options, nodes) -> nodes.stream()
			.filter((node) -> node.name().equals(options.path("node").asString()))
			.findFirst()
			.orElseThrow();
		gateway("west").withBean(RoomPlacement.class, () -> byName)
			.run((west) -> backend("one", Board.class).run((one) -> backend("two", Board.class).run((two) -> {
				awaitNodes("board", 2, west, one, two);
				Rooms rooms = west.getBean(Rooms.class);
				for (int i = 0; i < 6; i++) {
					rooms.create("board", Map.of("node", "two")).toCompletableFuture().join();
				}
				assertThat(two.getBean(GameRooms.class).rooms("board")).hasSize(6);
				rooms.create("board", Map.of("node", "three")).toCompletableFuture().join();
				assertThat(rooms.list("board", (room) -> true, 0, 10).toCompletableFuture().join())
					.as("also if the placement fails")
					.hasSize(7);
			})));
	}

	private interface InCluster {

		void run(AssertableApplicationContext west, AssertableApplicationContext one, AssertableApplicationContext two)
				throws Exception;

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
