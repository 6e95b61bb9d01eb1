package io.nanogame.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import io.nanogame.cluster.OrderedPlayer.Step;
import io.nanogame.group.Group;
import io.nanogame.route.Request;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The messages of a session are handled and answered in their order, wherever each of
 * them is handled, and pushes arrive where they belong between the answers. The
 * properties {@code order.sessions} and {@code order.seconds} make more of it.
 */
class OrderAcrossNodesTests {

	private static final int SESSIONS = Integer.getInteger("order.sessions", 12);

	private static final Duration AT_LEAST = Duration.ofSeconds(Integer.getInteger("order.seconds", 0));

	/** Steps that players send without waiting, less when there are many. */
	private static final int BURST = Math.min(30, 6000 / SESSIONS);

	/** Of so many steps of a player, everybody is told of one. */
	private static final int NEWS = 1000;

	private final NatsServer nats = new NatsServer();

	private final TestNode gate = TestNode.gateway(this.nats, "gate");

	private final TestNode room = TestNode.backend(this.nats, "room");

	private final TestNode arena = TestNode.backend(this.nats, "arena");

	/** The step that is to be handled next, by player. */
	private final AtomicIntegerArray next = new AtomicIntegerArray(SESSIONS);

	private final LongAdder handled = new LongAdder();

	private final LongAdder told = new LongAdder();

	private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

	private void add(TestNode node, String component) {
		Group everybody = node.groups.create("everybody");
		node.lane(component + ".join", (request) -> everybody.add(request.session()))
			.lane(component + ".lane", (request) -> handle(request, everybody))
			.loop(component + ".loop", (request) -> handle(request, everybody))
			.lane(component + ".later", (request) -> CompletableFuture.supplyAsync(() -> handle(request, everybody),
					CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS)));
	}

	private Step handle(Request request, Group everybody) {
		Step step = (Step) this.gate.payloads.reader(Step.class).read(request.body());
		int expected = this.next.getAndSet(step.player(), step.number() + 1);
		if (step.number() != expected) {
			this.complaints.add("%s was handled instead of %d".formatted(step, expected));
		}
		request.session().push("onStep", step);
		this.handled.increment();
		// Not all at once.
		if (step.number() % NEWS == step.player() % NEWS) {
			this.told.increment();
			everybody.broadcast("onNews", step);
		}
		return step;
	}

	@AfterEach
	void stop() {
		this.gate.close();
		this.room.close();
		this.arena.close();
		this.nats.close();
	}

	@Test
	void messagesAreHandledAndAnsweredInTheirOrder() {
		add(this.gate, "here");
		add(this.room, "room");
		add(this.arena, "arena");
		this.room.start();
		this.arena.start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 2);
		List<OrderedPlayer> players = IntStream.range(0, SESSIONS)
			.mapToObj((player) -> new OrderedPlayer(player, BURST, this.gate.client(), this.complaints))
			.toList();
		players.forEach((player) -> player.play(AT_LEAST));
		Awaitility.await()
			.atMost(AT_LEAST.plusSeconds(60))
			.until(() -> players.stream().allMatch(OrderedPlayer::isDone) || !this.complaints.isEmpty());
		assertThat(this.complaints).isEmpty();
		long asked = players.stream().mapToLong(OrderedPlayer::steps).sum();
		assertThat(this.handled.sum()).isEqualTo(asked);
		assertThat(players.stream().mapToLong(OrderedPlayer::pushes).sum()).isEqualTo(asked);
		Awaitility.await()
			.untilAsserted(() -> assertThat(players)
				.allSatisfy((player) -> assertThat(player.news()).isEqualTo(this.told.sum())));
		assertThat(this.complaints).isEmpty();
		System.out.printf("order: %,d messages, as many pushes, and %,d broadcasts to %,d sessions%n", asked,
				this.told.sum(), SESSIONS);
		players.forEach(OrderedPlayer::close);
	}

}
