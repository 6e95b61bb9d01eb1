package io.nanogame.pond;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.LeaveReason;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.OnLeave;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.Tick;

// tag::first[]
@GameRoom(value = "pond", seats = 4)
class Pond {

	private final PondState state;

	Pond(Room<PondState> room) {
		this.state = room.state();
	}

	@OnJoin
	String join(Session player) {
		this.state.ducks.put(player.uid(), new Duck());
		return "Welcome, " + player.uid();
	}

	@OnLeave
	void leave(Session player, LeaveReason reason) {
		this.state.ducks.remove(player.uid());
	}

	@Tick("50ms")
	void tick(Duration elapsed) {
		this.state.ducks.values().forEach((duck) -> duck.x += duck.speed * elapsed.toMillis());
	}

	@Handler
	void swim(Session player, Swim swim) {
		this.state.ducks.get(player.uid()).speed = Math.max(-1, Math.min(1, swim.speed()));
	}

	static class PondState {

		Map<String, Duck> ducks = new TreeMap<>();

	}

	static class Duck {

		long x; // mm

		transient int speed; // mm/ms, not sent

	}

	record Swim(int speed) {
	}

}
// end::first[]
