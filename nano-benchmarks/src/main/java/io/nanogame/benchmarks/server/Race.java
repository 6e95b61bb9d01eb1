package io.nanogame.benchmarks.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

import io.nanogame.session.Session;

/** The state of a room in which all players move with each tick, and its rules. */
final class Race {

	static final Duration INTERVAL = Duration.ofMillis(50);

	private static final int SIZE = 1000;

	public final Map<String, Racer> racers = new TreeMap<>();

	private final transient Map<Long, String> names = new HashMap<>();

	void join(Session player) {
		String name = "player-" + (this.names.size() + 1);
		this.names.put(player.id(), name);
		this.racers.put(name, new Racer());
	}

	void leave(Session player) {
		this.racers.remove(this.names.get(player.id()));
	}

	void move(Session player, Move move) {
		Racer racer = Objects.requireNonNull(this.racers.get(this.names.get(player.id())));
		racer.dx = move.dx();
		racer.dy = move.dy();
	}

	void tick(Duration elapsed) {
		Lateness.add(elapsed, INTERVAL);
		this.racers.values().forEach(Racer::step);
	}

	record Move(int dx, int dy) {
	}

	static final class Racer {

		public int x = ThreadLocalRandom.current().nextInt(SIZE);

		public int y = ThreadLocalRandom.current().nextInt(SIZE);

		transient int dx = 3;

		transient int dy = 5;

		void step() {
			this.x = (this.x + this.dx + SIZE) % SIZE;
			this.y = (this.y + this.dy + SIZE) % SIZE;
		}

	}

}
