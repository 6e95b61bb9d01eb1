package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.route.Request;
import io.nanogame.session.LoginPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes that move to another server of the bus, because theirs is about to stop. They
 * announce that, so that no message is lost.
 */
@ParameterizedClass
@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
class MovingNodesTests {

	private static final Duration MOMENT = Duration.ofMillis(10);

	/** The number of moments before, in and after the interruption. */
	private static final int LENGTH = 25;

	private final ModelCluster cluster;

	private final ModelNode room;

	private final ModelNode gate;

	private final List<String> handled = new ArrayList<>();

	private int sent;

	private WaitingPlayer player;

	MovingNodesTests(long seed) {
		this.cluster = new ModelCluster(seed);
		this.room = this.cluster.node("room", LoginPolicy.SEVERAL)
			.route("room.echo", (request) -> handle(body(request)))
			.start(false);
		this.gate = this.cluster.node("gate", LoginPolicy.SEVERAL)
			.route(WaitingPlayer.ECHO, MovingNodesTests::body)
			.start(true);
	}

	private static String body(Request request) {
		return JsonMapper.shared().readValue(request.body(), String.class);
	}

	private String handle(String body) {
		this.handled.add(body);
		return body;
	}

	@BeforeEach
	void connect() {
		this.cluster.settle();
		this.player = WaitingPlayer.connect(this.cluster, this.gate);
		// So that messages are in flight at any time.
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus from, MemoryBus to, String subject) {
				return MOMENT;
			}

		});
		requestMany();
	}

	private void requestMany() {
		for (int i = 0; i < LENGTH; i++) {
			this.player.client().request("room.echo", String.valueOf(this.sent++));
			this.cluster.advance(MOMENT);
		}
	}

	private void move(List<ModelNode> nodes) {
		nodes.forEach((node) -> node.bus.announceMove());
		requestMany();
		nodes.forEach((node) -> node.bus.disconnect());
		requestMany();
		nodes.forEach((node) -> node.bus.reconnect());
		requestMany();
		this.cluster.settle();
	}

	private void checkThatAllAreHandledOnce() {
		List<String> all = IntStream.range(0, this.sent).mapToObj(String::valueOf).toList();
		assertThat(this.handled).isEqualTo(all);
		assertThat(this.player.replies()).isEqualTo(all);
		assertThat(this.player.session().isOpen()).isTrue();
	}

	@Test
	void requestsForANodeThatMovesWait() {
		move(List.of(this.room));
		checkThatAllAreHandledOnce();
	}

	@Test
	void requestsOfAGatewayThatMovesWait() {
		move(List.of(this.gate));
		checkThatAllAreHandledOnce();
	}

	@Test
	void requestsOfNodesThatMoveAtTheSameTimeWait() {
		move(List.of(this.gate, this.room));
		checkThatAllAreHandledOnce();
	}

	/** Heartbeats, and requests of other nodes to announce itself. */
	@Test
	void otherAnnouncementsBeforeTheMoveDoNotEndTheWait() {
		this.room.bus.announceMove();
		this.cluster.advance(MOMENT.multipliedBy(2));
		assertThat(this.gate.cluster.nodes().isReachable(this.room.id())).isFalse();
		this.cluster.advance(ModelCluster.HEARTBEAT);
		assertThat(this.gate.cluster.nodes().isReachable(this.room.id())).isFalse();
		assertThat(this.gate.cluster.nodes().isUp(this.room.id())).isTrue();
		move(List.of(this.room));
		checkThatAllAreHandledOnce();
	}

}
