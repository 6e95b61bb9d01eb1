package io.nanogame.spring.match;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import io.nanogame.spring.match.TicketDesk.Entry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tickets whose sessions move to another gateway, in virtual time.
 */
class MovedTicketTests {

	private final ModelCluster cluster = new ModelCluster(new Random(1));

	private final ModelNode west = this.cluster.start(false);

	private final ModelNode east = this.cluster.start(false);

	private final ModelNode owner = this.cluster.start(true);

	private final ModelPlayer ann = login("ann");

	private ModelPlayer login(String uid) {
		ModelPlayer player = new ModelPlayer(uid, this.cluster);
		this.west.add(player);
		return player;
	}

	private void enqueue(ModelPlayer player, String queue) {
		this.west.lane().execute(() -> this.west.tickets.enqueue(new Entry(1, player.uid(), queue, List.of(), "0")));
	}

	private void move(int millis) {
		this.west.remove(this.ann);
		this.cluster.network.after(millis, () -> this.east.add(this.ann));
	}

	/** The gateways do not know it: the state of the session was written before. */
	@Test
	void aTicketThatMovesHasWaitedAsLongAsBefore() {
		enqueue(this.ann, "rush");
		this.cluster.advance(Duration.ofSeconds(15));
		move(0);
		this.cluster.advance(Duration.ofSeconds(3));
		assertThat(this.ann.pushes).isEmpty();
		this.cluster.advance(Duration.ofSeconds(4));
		assertThat(this.ann.pushes).containsExactly("match.timedOut {\"queue\":\"rush\"}");
	}

	@Test
	void aPlayerWhoMovesDuringTheCommitReceivesTheMatchAtOnce() {
		ModelPlayer bob = login("bob");
		enqueue(this.ann, "duel");
		enqueue(bob, "duel");
		this.cluster.network.observer = (from, method) -> {
			if (from == this.owner && method.equals("commit") && this.west.has(this.ann)) {
				move(300);
			}
		};
		this.cluster.advance(Duration.ofSeconds(2));
		assertThat(bob.pushes).hasSize(1);
		assertThat(this.ann.pushes).isEqualTo(bob.pushes);
	}

}
