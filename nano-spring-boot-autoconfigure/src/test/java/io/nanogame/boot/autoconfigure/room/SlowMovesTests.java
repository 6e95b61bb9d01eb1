package io.nanogame.boot.autoconfigure.room;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.cluster.ClusterNode;
import io.nanogame.node.Node;
import io.nanogame.node.Nodes;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.MovableRoom;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.RoomInfo;
import io.nanogame.spring.room.RoomPlacement;
import io.nanogame.spring.room.Rooms;
import io.nanogame.test.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** Rooms that take long to be restored, and where rooms move. */
class SlowMovesTests extends RoomCluster {

	@BeforeEach
	void reset() {
		Snail.onRestore = () -> {
		};
	}

	private void inCluster(InCluster test) {
		gateway("west").run((west) -> snails("one").run((one) -> snails("two").run((two) -> {
			awaitNodes("snail", 2, west, one, two);
			test.run(west, one, two);
			closeClients();
		})));
	}

	private ApplicationContextRunner snails(String name) {
		return backend(name, Snail.class).withPropertyValues("nano.cluster.drain.period=1s");
	}

	private static List<RoomInfo> roomsOn(AssertableApplicationContext node) {
		return node.getBean(GameRooms.class).rooms("snail");
	}

	private RawClient playerIn(String room, AssertableApplicationContext gateway) {
		RawClient player = login(gateway, "ann");
		call(player, "rooms.join", "{\"room\":\"" + room + "\"}");
		join(player);
		return player;
	}

	private static String join(RawClient player) {
		return player.request(3, "snail.join", "{}").readResponse(3);
	}

	private static String where(RawClient player) {
		return call(player, "snail.where", "").asString();
	}

	@Test
	void aRoomThatTakesLongToBeRestoredIsOnOneNode() {
		inCluster((west, one, two) -> {
			RawClient ann = playerIn(roomOn(one, "snail", west.getBean(Rooms.class)), west);
			AtomicInteger calls = new AtomicInteger();
			Snail.onRestore = () -> {
				int call = calls.incrementAndGet();
				// Longer than the former node waits for the reply.
				pause(Duration.ofMillis(1300));
				if (call == 1) {
					throw new IllegalStateException("This room cannot be restored");
				}
			};
			drain(one);
			Awaitility.await()
				.until(() -> roomsOn(one).isEmpty() && one.getBean(GameRooms.class).departures().isDone());
			assertThat(where(ann)).isEqualTo("two");
			assertThat(calls).hasValue(2);
		});
	}

	@Test
	void aStopEndsWhenTheLastRoomHasMoved() {
		CountDownLatch restored = new CountDownLatch(1);
		CountDownLatch isMoving = new CountDownLatch(1);
		Snail.onRestore = () -> {
			isMoving.countDown();
			await(restored);
		};
		gateway("west").run((west) -> snails("two").run((two) -> {
			long[] began = new long[1];
			snails("one").run((one) -> {
				awaitNodes("snail", 2, west, one, two);
				roomOn(one, "snail", west.getBean(Rooms.class));
				drain(one);
				await(isMoving);
				new Thread(() -> {
					// Until then the node waits for the room, and then it closes the
					// others.
					pause(Duration.ofMillis(1200));
					restored.countDown();
				}).start();
				began[0] = System.nanoTime();
			});
			assertThat(Duration.ofNanos(System.nanoTime() - began[0])).isLessThan(Duration.ofSeconds(6));
			assertThat(roomsOn(two)).isNotEmpty();
		}));
	}

	@Test
	void theAnswerOfAJoinIsTheSameAfterTwoMoves() {
		inCluster((west, one, two) -> {
			RawClient ann = playerIn(roomOn(one, "snail", west.getBean(Rooms.class)), west);
			String answer = join(ann);
			assertThat(answer).contains("2.5");
			drain(one);
			Awaitility.await().until(() -> roomsOn(one).isEmpty());
			one.getBean(ClusterNode.class).drain().undo();
			Awaitility.await().until(() -> two.getBean(Nodes.class).withComponent("snail").size() == 1);
			drain(two);
			Awaitility.await().until(() -> roomsOn(two).isEmpty());
			assertThat(join(ann)).isEqualTo(answer);
			assertThat(where(ann)).isEqualTo("one");
		});
	}

	@Test
	void thePlacementIsAskedOnceForEachMove() {
		AtomicInteger calls = new AtomicInteger();
		RoomPlacement inTurn = (kind, options, nodes) -> nodes.stream()
			.sorted(Comparator.comparing(Node::name))
			.toList()
			.get(calls.getAndIncrement() % nodes.size());
		snails("one").withBean(RoomPlacement.class, () -> inTurn)
			.run((one) -> snails("two").run((two) -> snails("zoo").run((zoo) -> {
				awaitNodes("snail", 3, one, two, zoo);
				Awaitility.await().until(() -> {
					one.getBean(Rooms.class).create("snail", null).toCompletableFuture().join();
					return roomsOn(one).size() == 4;
				});
				int before = roomsOn(two).size();
				drain(one);
				Awaitility.await().until(() -> roomsOn(one).isEmpty());
				assertThat(roomsOn(two)).hasSize(before + 2);
			})));
	}

	private static void pause(Duration time) {
		try {
			Thread.sleep(time.toMillis());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CountDownLatch latch) {
		Awaitility.await().until(() -> latch.getCount() == 0);
	}

	private interface InCluster {

		void run(AssertableApplicationContext west, AssertableApplicationContext one, AssertableApplicationContext two)
				throws Exception;

	}

	@GameRoom(value = "snail", seats = 4, emptyFor = "1m", reservation = "1m")
	static class Snail implements MovableRoom<Map<String, Integer>> {

		static volatile Runnable onRestore;

		private final Nodes nodes;

		Snail(Nodes nodes) {
			this.nodes = nodes;
		}

		@OnJoin
		Map<String, Object> join() {
			return Map.of("list", List.of(1, 2.5, "x"), "bytes", new byte[] { 1, 2 });
		}

		@Handler
		String where() {
			return this.nodes.self().name();
		}

		@Override
		public Map<String, Integer> save() {
			return Map.of("slime", 1);
		}

		@Override
		public void restore(Map<String, Integer> saved) {
			onRestore.run();
		}

	}

}
