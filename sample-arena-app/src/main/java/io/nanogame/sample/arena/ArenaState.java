package io.nanogame.sample.arena;

import java.util.Map;
import java.util.TreeMap;

/**
 * What all clients in a room see.
 */
class ArenaState {

	/** The length of each side of the field. */
	static final int SIZE = 100;

	/** The fighters by name. */
	final Map<String, Fighter> fighters = new TreeMap<>();

	Point coin = new Point(SIZE / 2, SIZE / 2);

	/**
	 * A place on the field.
	 *
	 * @param x from the left
	 * @param y from the top
	 */
	record Point(int x, int y) {
	}

	/**
	 * A player or a bot.
	 */
	static class Fighter {

		private static final int REACH = 5;

		boolean bot;

		int x;

		int y;

		int score;

		boolean away;

		private int dx;

		private int dy;

		/** Before it is read, because the room has moved from another server. */
		@SuppressWarnings("unused")
		private Fighter() {
		}

		Fighter(Point start, boolean bot) {
			this.x = start.x();
			this.y = start.y();
			this.bot = bot;
		}

		void turn(int dx, int dy) {
			this.dx = Integer.signum(dx);
			this.dy = Integer.signum(dy);
		}

		void step() {
			this.x = Math.max(0, Math.min(SIZE - 1, this.x + this.dx));
			this.y = Math.max(0, Math.min(SIZE - 1, this.y + this.dy));
		}

		boolean reaches(Point point) {
			return Math.abs(this.x - point.x()) < REACH && Math.abs(this.y - point.y()) < REACH;
		}

	}

}
