package io.nanogame.boot.test.room;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.room.FullServerTests.Crowd;
import io.nanogame.boot.test.room.RoomDoor.Wish;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.RoomInfo;
import io.nanogame.spring.room.Rooms;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/**
 * A server that may have one room only.
 */
@NanoTest(properties = "nano.room.max=1")
@Import({ Trap.class, Crowd.class })
class FullServerTests {

	@Autowired
	private RoomTester rooms;

	@Autowired
	private NanoTestClient players;

	@Test
	void aCrowdIsRefusedAndTheNextPlayerIsNot() throws InterruptedException {
		RoomPlayer ann = this.rooms.join("trap", "ann");
		Trap.blocked = new CountDownLatch(1);
		Trap.blocking = new CountDownLatch(1);
		ann.notify("lock", null);
		Trap.blocking.await();
		this.players.connect().request("crowd.come", 20_000).expectResponse(Integer.class).isEqualTo(20_000);
		ann.leave();
		this.players.connect().request(RoomDoor.RESERVE, new Wish("trap", null, false, null)).expectResponse();
	}

	@GameComponent("crowd")
	static class Crowd {

		private final Rooms rooms;

		Crowd(Rooms rooms) {
			this.rooms = rooms;
		}

		/** Returns how many are refused. */
		@Handler
		CompletionStage<Integer> come(Session session, int count) {
			List<CompletableFuture<RoomInfo>> all = IntStream.range(0, count)
				.mapToObj((i) -> this.rooms.joinOrCreate(session, "trap", null).toCompletableFuture())
				.toList();
			Trap.blocked.countDown(); // now all wait for the first one
			return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
				.handle((done,
						failure) -> (int) all.stream().filter(CompletableFuture::isCompletedExceptionally).count());
		}

	}

}
