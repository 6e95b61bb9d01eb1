package io.nanogame.boot.autoconfigure.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.node.Nodes;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.Rooms;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many rooms at 20 ticks a second that leave one node, each with a player.
 */
class ManyMovingRoomsTests extends RoomCluster {

	private static final int ROOMS = Integer.getInteger("rooms.moving", 10);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final List<Runner> runners = new ArrayList<>();

	private final List<String> rooms = new ArrayList<>();

	@Test
	void noInputIsLostOrReordered() {
		gateway("west").run((west) -> backend("one", Relay.class).run((one) -> {
			awaitNodes("relay", 1, west, one);
			for (int i = 0; i < ROOMS; i++) {
				enter(west, "player" + i);
			}
			backend("two", Relay.class).run((two) -> {
				await().until(() -> one.getBean(Nodes.class).withComponent("relay").size() == 1);
				steps(5);
				drain(one);
				await().atMost(PATIENCE).until(() -> rooms(one) == 0 && rooms(two) == ROOMS);
				steps(5);
				this.runners.forEach(Runner::stop);
				for (Runner runner : this.runners) {
					assertThat(runner.finish()).isEmpty();
				}
				for (String room : this.rooms) {
					assertThat(Relay.events(room)).hasSize(2).last().isEqualTo("restored on two");
				}
				closeClients();
			});
		}));
		List<Duration> pauses = this.rooms.stream().map(Relay::longestPause).sorted().toList();
		LoggerFactory.getLogger(getClass())
			.info("The longest pauses of {} rooms: median {}, maximum {}", ROOMS, pauses.get(pauses.size() / 2),
					pauses.get(pauses.size() - 1));
		assertThat(pauses).allMatch((pause) -> pause.compareTo(Duration.ofSeconds(5)) < 0);
	}

	private void enter(AssertableApplicationContext gateway, String uid) {
		String room = gateway.getBean(Rooms.class).create("relay", null).toCompletableFuture().join().room();
		RawClient client = login(gateway, uid);
		call(client, "rooms.join", "{\"room\":\"" + room + "\"}");
		client.request(3, "relay.join", "{}").readResponse(3);
		this.rooms.add(room);
		this.runners.add(Runner.paced(client));
	}

	private static int rooms(AssertableApplicationContext node) {
		return node.getBean(GameRooms.class).rooms("relay").size();
	}

	/** Waits until each player has sent a number of further messages. */
	private void steps(int count) {
		List<Integer> before = this.runners.stream().map(Runner::number).toList();
		for (int i = 0; i < before.size(); i++) {
			Runner runner = this.runners.get(i);
			int until = before.get(i) + count;
			await().atMost(PATIENCE).until(() -> runner.number() >= until);
		}
	}

}
