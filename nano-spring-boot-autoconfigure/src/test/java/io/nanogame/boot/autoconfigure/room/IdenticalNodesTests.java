package io.nanogame.boot.autoconfigure.room;

import io.nanogame.node.Nodes;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.Rooms;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawResumingClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rooms on two nodes that both have clients and rooms.
 */
class IdenticalNodesTests extends RoomCluster {

	private void inCluster(InCluster test) {
		gateway("west").withUserConfiguration(Board.class)
			.run((west) -> gateway("east").withUserConfiguration(Board.class).run((east) -> {
				awaitNodes("board", 2, west, east);
				test.run(west, east);
			}));
	}

	@Test
	void playersOfBothNodesMeetOnEitherOfThem() {
		inCluster((west, east) -> {
			RawClient ann = login(west, "ann");
			RawClient bob = login(east, "bob");
			Rooms rooms = west.getBean(Rooms.class);
			for (AssertableApplicationContext host : new AssertableApplicationContext[] { west, east }) {
				String room = roomOn(host, "board", rooms);
				String place = host.getBean(Nodes.class).self().name() + " " + room;
				for (RawClient player : new RawClient[] { ann, bob }) {
					call(player, "rooms.join", "{\"room\":\"" + room + "\"}");
					call(player, "board.join", "{}");
					assertThat(call(player, "board.where", "").asString()).isEqualTo(place);
				}
				assertThat(call(ann, "board.leave", "").isEmpty()).isTrue();
				assertThat(call(bob, "board.leave", "").isEmpty()).isTrue();
				assertThat(call(ann, "board.where", "").path("code").asInt()).isEqualTo(409);
			}
		});
	}

	@Test
	void aPlayerStaysInTheRoomOfItsFormerNodeWhenThatIsDrained() {
		inCluster((west, east) -> {
			String room = roomOn(west, "board", east.getBean(Rooms.class));
			try (RawResumingClient ann = loginResuming(west, "ann")) {
				ann.request(2, "rooms.join", "{\"room\":\"" + room + "\"}").read();
				ann.request(3, "board.join", "{}");
				assertThat(ann.read()).as("the push with the id").contains(room);
				assertThat(ann.read()).isEqualTo("{}");
				assertThat(ann.request(4, "board.where", "").read()).isEqualTo("\"west " + room + "\"");
				ann.cut();
				drain(west);
				ann.resume(connect(east));
				assertThat(ann.request(5, "board.where", "").read()).isEqualTo("\"west " + room + "\"");
				assertThat(ann.request(6, "board.leave", "").read()).isEqualTo("{}");
			}
			assertThat(west.getBean(GameRooms.class).rooms("board")).extracting("players").containsOnly(0);
		});
	}

	private interface InCluster {

		void run(AssertableApplicationContext west, AssertableApplicationContext east) throws Exception;

	}

	@GameRoom(value = "board", seats = 2, emptyFor = "1m")
	static class Board {

		private final Room<Void> room;

		private final Nodes nodes;

		Board(Room<Void> room, Nodes nodes) {
			this.room = room;
			this.nodes = nodes;
		}

		@Handler
		String where() {
			return this.nodes.self().name() + " " + this.room.id();
		}

	}

}
