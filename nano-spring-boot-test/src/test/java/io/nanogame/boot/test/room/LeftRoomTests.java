package io.nanogame.boot.test.room;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.room.RoomDoor.Wish;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.OnJoin;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static org.awaitility.Awaitility.await;

/** Rooms that a player leaves, in a session that goes on. */
@NanoTest
@Import(LeftRoomTests.Round.class)
class LeftRoomTests {

	@Autowired
	private NanoTestClient players;

	@Test
	void aSessionRetainsNoRoomThatItHasLeft() {
		TestPlayer ann = this.players.connect();
		for (int i = 0; i < 3; i++) {
			ann.request(RoomDoor.RESERVE, new Wish("round", null, false, null)).expectResponse();
			ann.request("round.join").expectResponse();
			ann.request("round.leave").expectResponse();
		}
		await().until(() -> {
			System.gc();
			return Round.ALL.size() == 3 && Round.ALL.stream().limit(2).allMatch((round) -> round.get() == null);
		});
		ann.request(RoomDoor.RESERVE, new Wish("round", null, false, null)).expectResponse();
	}

	@GameRoom(value = "round", seats = 1)
	static class Round {

		static final List<WeakReference<Round>> ALL = new CopyOnWriteArrayList<>();

		Round() {
			ALL.add(new WeakReference<>(this));
		}

		@OnJoin
		void join() {
		}

	}

}
