package io.nanogame.cluster.move;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A push to a session that leaves this node at the same time.
 */
class LeavingSessionTests {

	private final Moves moves = new Moves();

	private final List<String> events = new ArrayList<>();

	@Test
	void aPushThatIsBeingDeliveredPrecedesTheDeparture() throws InterruptedException {
		Thread leaving = new Thread(() -> {
			this.moves.left(1, "second-1", 1);
			this.events.add("left");
		});
		String next = this.moves.deliver("room-1", 0, 1, () -> {
			leaving.start();
			// It either leaves, or waits for the push.
			while (leaving.isAlive() && leaving.getState() != Thread.State.WAITING) {
				Thread.onSpinWait();
			}
			this.events.add("delivered");
		});
		leaving.join();
		assertThat(next).isNull();
		assertThat(this.events).containsExactly("delivered", "left");
	}

	@Test
	void aPushAfterTheDepartureIsPassedOn() {
		this.moves.left(1, "second-1", 1);
		assertThat(this.moves.deliver("room-1", 0, 1, () -> this.events.add("delivered"))).isEqualTo("second-1");
		assertThat(this.events).isEmpty();
	}

	@Test
	void aNodeThatKnowsTheMoveHasNoPushThatIsPassedOn() {
		this.moves.left(1, "second-1", 1);
		this.moves.pathEnd(1, 1, "room-1");
		assertThat(this.moves.deliver("room-1", 0, 1, () -> this.events.add("delivered"))).isNull();
	}

}
