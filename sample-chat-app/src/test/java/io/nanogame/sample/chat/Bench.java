package io.nanogame.sample.chat;

import java.util.concurrent.CompletionStage;

import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.LeaveReason;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.OnLeave;
import io.nanogame.spring.room.RoomInfo;
import io.nanogame.spring.room.Rooms;

import org.springframework.context.annotation.Profile;

/**
 * A room whose seats outlive the gateways of their players.
 */
@GameRoom(value = "bench", seats = 10)
@Profile("chat & crowd")
class Bench {

	static final String SAT = "sat";

	static final String STOOD_UP = "stood-up";

	@OnJoin
	void join(Session player) {
		Visitors.log(SAT, player, player);
	}

	@OnLeave
	void leave(Session player, LeaveReason reason) {
		Visitors.log(STOOD_UP, player, reason);
	}

	/** Reserves a seat. */
	@GameComponent("benches")
	@Profile("chat & crowd")
	static class Benches {

		private final Rooms rooms;

		Benches(Rooms rooms) {
			this.rooms = rooms;
		}

		@Handler
		CompletionStage<RoomInfo> reserve(Session player) {
			return this.rooms.joinOrCreate(player, "bench", null);
		}

	}

}
