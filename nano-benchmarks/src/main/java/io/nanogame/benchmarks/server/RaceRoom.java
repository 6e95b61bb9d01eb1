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

/** A race whose clients receive the changes of its state. */
@GameRoom(value = "race", seats = 4)
@Profile("!gate")
class RaceRoom {

	private final Race race;

	RaceRoom(Room<Race> room) {
		this.race = room.state();
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
	}

	@Handler
	void move(Session player, Move move) {
		this.race.move(player, move);
	}

}
