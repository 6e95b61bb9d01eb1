package io.nanogame.docs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.nanogame.route.RequestException;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;

/**
 * The server's side of a room for the guides of the clients, as they see it on the wire.
 */
final class RaceRoom {

	private static final String ID = "r1";

	private RaceRoom() {
	}

	@GameComponent("rooms")
	static class Reservations {

		@Handler
		Map<String, Object> joinOrCreate() {
			return Map.of("room", ID, "kind", "race", "players", 1, "seats", 4, "locked", false);
		}

	}

	@GameComponent(name = "race", lane = "race")
	static class Race {

		private final Map<Session, String> names = new LinkedHashMap<>();

		private final Map<String, Car> cars = new TreeMap<>();

		private long version = 1;

		@Handler
		String join(Session session, Map<String, String> options) {
			String name = options.get("name");
			this.names.put(session, name);
			change(name, new Car(0));
			sync(session);
			return "Welcome, " + name;
		}

		@Handler
		void sync(Session session) {
			session.push("room.state",
					Map.of("kind", "race", "room", ID, "version", this.version, "state", Map.of("cars", this.cars)));
		}

		@Handler
		void drive(Session session, Car car) {
			change(name(session), car);
		}

		@Handler
		int rank(Session session) {
			int x = this.cars.get(name(session)).x();
			return 1 + (int) this.cars.values().stream().filter((car) -> car.x() > x).count();
		}

		@Handler
		void leave(Session session) {
			change(name(session), null);
			this.names.remove(session);
		}

		private String name(Session session) {
			String name = this.names.get(session);
			if (name == null) {
				throw new RequestException(409, "no seat");
			}
			return name;
		}

		private void change(String name, Car car) {
			if (car != null) {
				this.cars.put(name, car);
			}
			else {
				this.cars.remove(name);
			}
			this.version++;
			Map<String, Car> changed = new LinkedHashMap<>();
			changed.put(name, car);
			this.names.keySet()
				.forEach((session) -> session.push("room.state",
						Map.of("kind", "race", "room", ID, "version", this.version, "patch", Map.of("cars", changed))));
		}

	}

	record Car(int x) {
	}

}
