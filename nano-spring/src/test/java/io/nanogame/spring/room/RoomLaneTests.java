package io.nanogame.spring.room;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Timers;
import io.nanogame.memory.ManualTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lane of a room while the room moves to another node.
 */
class RoomLaneTests {

	private final Queue<Runnable> workers = new ArrayDeque<>();

	private final ManualTime time = new ManualTime(this::work);

	private final List<String> done = new ArrayList<>();

	private final RoomLane lane = new RoomLane(new Lane("room", this.workers::add, 100),
			new Timers(Runnable::run, Duration.ofMillis(10), this.time));

	private void work() {
		Runnable task;
		while ((task = this.workers.poll()) != null) {
			task.run();
		}
	}

	private void pass(Duration duration) {
		this.time.advance(duration);
		work();
	}

	@Test
	void tasksWaitWhileItIsHeld() {
		this.lane.hold();
		this.lane.run(() -> this.done.add("task"));
		this.lane.after(Duration.ofSeconds(1), () -> this.done.add("timer"));
		pass(Duration.ofSeconds(2));
		assertThat(this.lane.isHeld()).isTrue();
		assertThat(this.done).isEmpty();
		this.lane.release();
		work();
		assertThat(this.lane.isHeld()).isFalse();
		assertThat(this.done).containsExactly("task", "timer");
	}

	@Test
	void periodicTasksSkipTheirTurns() {
		this.lane.every(Duration.ofSeconds(1), () -> this.done.add("turn"));
		this.lane.tick(Duration.ofSeconds(1), (elapsed) -> this.done.add("tick"));
		pass(Duration.ofSeconds(1));
		assertThat(this.done).containsExactlyInAnyOrder("turn", "tick");
		this.lane.hold();
		pass(Duration.ofSeconds(1));
		pass(Duration.ofSeconds(1));
		this.lane.release();
		work();
		assertThat(this.done).hasSize(2);
		pass(Duration.ofSeconds(1));
		assertThat(this.done).hasSize(4);
	}

	@Test
	void whatTheNextNodeNeedsIsDoneMeanwhile() {
		this.lane.hold();
		assertThat(this.lane.submit(() -> "saved")).isNotDone();
		work();
		assertThat(this.lane.submit(() -> this.done.add("saved"))).isNotDone();
		work();
		assertThat(this.done).containsExactly("saved");
	}

}
