package io.nanogame.spring.match;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.lane.Timers;
import io.nanogame.memory.ManualTime;
import io.nanogame.service.ServiceException;
import io.nanogame.spring.OtherNodes;
import io.nanogame.spring.match.MatchNodes.Owner;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The nodes on which the players of a queue are matched, while nodes start and stop.
 */
class QueueOwnersTests {

	private final ManualTime time = new ManualTime(() -> {
	});

	private final OtherNodes nodes = new OtherNodes();

	private final Map<String, QueueInfo> queues = new LinkedHashMap<>();

	private final QueueOwners owners = new QueueOwners(() -> this.nodes, List.of(), Desk::new,
			new Timers(Runnable::run, Duration.ofMillis(10), this.time), Runnable::run);

	private CompletableFuture<Owner> owner() {
		return this.owners.owner("duel").toCompletableFuture();
	}

	private void start(String node, int players) {
		this.queues.put(node, new QueueInfo("duel", "arena", players, 1000));
		this.nodes.add(node, "rooms", "nano.match.queues");
	}

	private void fails(int code) {
		CompletableFuture<Owner> owner = owner();
		assertThatExceptionOfType(Exception.class).isThrownBy(owner::get)
			.havingCause()
			.isInstanceOfSatisfying(ServiceException.class, (ex) -> assertThat(ex.code()).isEqualTo(code));
	}

	@Test
	void theNodesThatAreNotKnownYetAreAwaited() {
		CompletableFuture<Owner> owner = owner();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(owner).isNotDone();
		start("b", 2);
		this.time.advance(Duration.ofMillis(200));
		assertThat(owner).isCompletedWithValueMatching((found) -> found.node().equals("b"));
	}

	@Test
	void theWaitEnds() {
		CompletableFuture<Owner> owner = owner();
		this.time.advance(Duration.ofSeconds(4));
		assertThat(owner).isCompletedExceptionally();
	}

	@Test
	void aQueueIsUnknownOrHasNoNodeAtPresent() {
		this.nodes.allKnown();
		fails(404);
		start("b", 2);
		assertThat(owner()).isCompleted();
		this.nodes.clear();
		fails(ServiceException.NOT_THERE);
	}

	@Test
	void aNodeThatDoesNotReplyMayHaveTheQueue() {
		this.nodes.allKnown();
		this.nodes.add("b", "rooms", "nano.match.queues");
		fails(ServiceException.NOT_THERE);
		start("c", 2);
		assertThat(owner()).isCompletedWithValueMatching((found) -> found.node().equals("c"));
	}

	@Test
	void theDefinitionOfTheQueueIsThatOfItsOwner() {
		this.nodes.allKnown();
		for (int i = 2; i < 10; i++) {
			start("node" + i, i);
			Owner owner = owner().join();
			assertThat(owner.queue()).isEqualTo(this.queues.get(owner.node()));
		}
	}

	private final class Desk implements QueueDesk {

		private final String node;

		Desk(String node) {
			this.node = node;
		}

		@Override
		public CompletionStage<List<QueueInfo>> queues() {
			QueueInfo queue = QueueOwnersTests.this.queues.get(this.node);
			return (queue != null) ? CompletableFuture.completedStage(List.of(queue))
					: CompletableFuture.failedStage(new ServiceException(ServiceException.NO_ANSWER, "no reply"));
		}

		@Override
		public CompletionStage<Announced> announce(Announcement announcement) {
			return CompletableFuture.failedStage(new IllegalStateException("not expected"));
		}

	}

}
