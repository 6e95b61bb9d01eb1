package io.nanogame.docs;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.OnLeave;
import io.nanogame.spring.room.Room;

/**
 * The room in the guides of the clients.
 */
@GameRoom(value = "race", seats = 4)
class RaceRoom {

	private final RaceState state;

	private final Map<Long, String> names = new HashMap<>();

	RaceRoom(Room<RaceState> room) {
		this.state = room.state();
	}

	@OnJoin
	String join(Session session, Map<String, String> options) {
		String name = options.get("name");
		this.names.put(session.id(), name);
		this.state.cars.put(name, new Car(0));
		return "Welcome, " + name;
	}

	@OnLeave
	void leave(Session session) {
		this.state.cars.remove(this.names.remove(session.id()));
	}

	@Handler
	void drive(Session session, Car car) {
		this.state.cars.put(this.names.get(session.id()), car);
	}

	@Handler
	int rank(Session session) {
		int x = this.state.cars.get(this.names.get(session.id())).x();
		return 1 + (int) this.state.cars.values().stream().filter((car) -> car.x() > x).count();
	}

	static final class RaceState {

		final Map<String, Car> cars = new TreeMap<>();

	}

	record Car(int x) {
	}

}
