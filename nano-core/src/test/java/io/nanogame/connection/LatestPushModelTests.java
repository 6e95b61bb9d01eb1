package io.nanogame.connection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs random schedules of pushes, turns of the loop, workers and reads of the client.
 * The seed of a schedule is its number, so {@code -Dmodel.seed=7} starts with the one
 * that failed; {@code -Dmodel.schedules} sets their number.
 */
class LatestPushModelTests {

	private static final int SCHEDULES = Integer.getInteger("model.schedules", 2000);

	private static final int FIRST_SEED = Integer.getInteger("model.seed", 0);

	private static final int STEPS = 150;

	private static final int KEYS = 4;

	@Test
	void theLastStateOfEachKeyIsTheNewest() {
		for (int seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
			Schedule schedule = new Schedule(seed);
			try {
				schedule.run();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError(
						"Schedule with -Dmodel.seed=%d failed after %s".formatted(seed, schedule.operations), ex);
			}
		}
	}

	private static final class Schedule {

		private final HeldClient client = new HeldClient();

		private final Random random;

		private final List<String> operations = new ArrayList<>();

		private final Map<String, Integer> newest = new HashMap<>();

		private int numbers;

		private int made;

		/** Whether a push is made at once. */
		private boolean pushing;

		Schedule(int seed) {
			this.random = new Random(seed);
		}

		void run() {
			for (int i = 0; i < STEPS; i++) {
				step();
			}
			this.client.finish();
			this.client.sessions.timers.stop();
			Map<String, Integer> last = new HashMap<>();
			for (String line : this.client.sent) {
				String[] words = line.split(" ");
				if (!words[0].equals("onNoise")) {
					int number = Integer.parseInt(words[1].replace("x", "").replace("\"", ""));
					assertThat(number).as(line).isGreaterThan(last.getOrDefault(words[0], 0));
					last.put(words[0], number);
				}
			}
			assertThat(last).isEqualTo(this.newest);
			assertThat(this.client.session.isOpen()).isTrue();
			assertThat(this.made).isLessThanOrEqualTo(this.numbers);
		}

		private void step() {
			int kind = this.random.nextInt(8);
			this.operations.add("push push push loop loop work read noise".split(" ")[kind]);
			switch (kind) {
				case 0, 1 -> push();
				case 2 -> this.client.session.inOrder(this::push);
				case 3, 4 -> {
					if (this.client.loopTasks() > 0) {
						this.client.runLoopTask();
					}
				}
				case 5 -> {
					if (this.client.sessions.workers.waiting() > 0) {
						this.client.sessions.workers.runNext();
					}
				}
				case 6 -> this.client.read(this.random.nextInt(2 * HeldClient.MARK));
				default -> this.client.session.push("onNoise", new byte[this.random.nextInt(100)]);
			}
		}

		/**
		 * The value is of the moment of the push, so an older one must never come last.
		 */
		private void push() {
			push("onState" + this.random.nextInt(KEYS));
		}

		private void push(String route) {
			int number = ++this.numbers;
			this.newest.put(route, number);
			String value = number + "x".repeat(this.random.nextInt(HeldClient.MARK));
			this.pushing = true;
			this.client.session.pushLatest(route, () -> {
				assertThat(this.client.isOnLoop()).as("on the loop").isFalse();
				this.made++;
				if (!this.pushing && this.random.nextInt(4) == 0) {
					push(route); // as another thread may do meanwhile
				}
				return value;
			});
			this.pushing = false;
		}

	}

}
