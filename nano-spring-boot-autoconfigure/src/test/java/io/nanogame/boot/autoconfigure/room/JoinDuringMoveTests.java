package io.nanogame.boot.autoconfigure.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.nanogame.node.Nodes;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.Rooms;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Players who join rooms while these move, and play at once. */
class JoinDuringMoveTests extends RoomCluster {

	@Test
	void noInputIsLostOrReordered() {
		gateway("west").run((west) -> gateway("east").run((east) -> backend("one", Relay.class).run((one) -> {
			awaitNodes("relay", 1, west, east, one);
			List<String> rooms = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				rooms.add(west.getBean(Rooms.class).create("relay", null).toCompletableFuture().join().room());
			}
			List<RawClient> clients = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				clients.add(login((i % 2 == 0) ? west : east, "p" + i));
			}
			backend("two", Relay.class).run((two) -> {
				for (AssertableApplicationContext node : List.of(west, east)) {
					await().until(() -> node.getBean(Nodes.class).withComponent("relay").size() == 2);
				}
				await().until(() -> one.getBean(Nodes.class).withComponent("relay").size() == 1);
				List<CompletableFuture<Runner>> runners = new ArrayList<>();
				for (int i = 0; i < 20; i++) {
					int number = i;
					runners.add(CompletableFuture.supplyAsync(() -> enter(clients.get(number), rooms.get(number % 5)),
							(task) -> new Thread(task).start()));
					if (i == 8) {
						drain(one);
					}
					awaitTick(rooms);
				}
				await().atMost(Duration.ofSeconds(60))
					.until(() -> one.getBean(GameRooms.class).rooms("relay").isEmpty());
				List<Runner> all = runners.stream().map(CompletableFuture::join).toList();
				for (Runner runner : all) {
					int until = runner.number() + 10;
					await().atMost(Duration.ofSeconds(60)).until(() -> runner.number() >= until);
				}
				for (Runner runner : all) {
					assertThat(runner.finish()).isEmpty();
				}
				for (String room : rooms) {
					assertThat(Relay.events(room)).filteredOn((event) -> event.startsWith("wrong")).isEmpty();
				}
			});
		})));
	}

	/**
	 * Waits until a room has ticked again, so that players join before, in and after
	 * moves.
	 */
	private static void awaitTick(List<String> rooms) {
		int before = ticks(rooms);
		await().pollInterval(Duration.ofMillis(2)).until(() -> ticks(rooms) > before);
	}

	private static int ticks(List<String> rooms) {
		return rooms.stream().mapToInt((room) -> Relay.TICKS.getOrDefault(room, List.of()).size()).sum();
	}

	private static Runner enter(RawClient client, String room) {
		assertThat(call(client, "rooms.join", "{\"room\":\"" + room + "\"}").path("room").asString()).isEqualTo(room);
		assertThat(client.request(3, "relay.join", "{}").readResponse(3)).contains("welcome");
		return Runner.paced(client);
	}

}
