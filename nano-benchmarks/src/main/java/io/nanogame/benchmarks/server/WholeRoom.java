package io.nanogame.benchmarks.server;

import java.time.Duration;

import io.nanogame.benchmarks.server.Race.Move;
import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.OnLeave;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.Tick;

import org.springframework.context.annotation.Profile;

/** The same race, which broadcasts its whole state with each tick. */
@GameRoom(value = "whole", seats = 4)
@Profile("!gate")
class WholeRoom {

	private final Race race = new Race();

	private final Room<Void> room;

	private int version;

	WholeRoom(Room<Void> room) {
		this.room = room;
	}

	@OnJoin
	void join(Session player) {
		this.race.join(player);
	}

	@OnLeave
	void leave(Session player) {
		this.race.leave(player);
	}

	@Tick("50ms")
	void tick(Duration elapsed) {
		this.race.tick(elapsed);
		this.room.broadcast("room.state", new Whole(this.room.kind(), this.room.id(), ++this.version, this.race));
	}

	@Handler
	void move(Session player, Move move) {
		this.race.move(player, move);
	}

	/** As the changes are sent. */
	record Whole(String kind, String room, int version, Race state) {
	}

}
