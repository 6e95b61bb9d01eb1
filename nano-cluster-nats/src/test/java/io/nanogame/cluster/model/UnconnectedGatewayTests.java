package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
 * What happens to messages for other nodes while a gateway is not connected to them, and
 * when it is connected so recently that it may not know all of them.
 */
@ParameterizedClass
@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
class UnconnectedGatewayTests {

	private static final Duration MOMENT = Duration.ofMillis(10);

	private static final int MANY = 20;

	private final ModelCluster cluster;

	/** The bodies of the messages that were handled. */
	private final List<String> handled = new ArrayList<>();

	private final ModelNode room;

	private final ModelNode gate;

	private WaitingPlayer player;

	UnconnectedGatewayTests(long seed) {
		this.cluster = new ModelCluster(seed);
		this.room = this.cluster.node("room", LoginPolicy.SEVERAL).route("room.echo", (request) -> {
			this.handled.add(body(request));
			return body(request);
		}).start(false);
		this.gate = gateway("gate").start(true);
	}

	private ModelNode gateway(String name) {
		return this.cluster.node(name, LoginPolicy.SEVERAL).route(WaitingPlayer.ECHO, UnconnectedGatewayTests::body);
	}

	private static String body(Request request) {
		return JsonMapper.shared().readValue(request.body(), String.class);
	}

	private static List<String> numbers() {
		List<String> numbers = new ArrayList<>();
		for (int i = 0; i < MANY; i++) {
			numbers.add(String.valueOf(i));
		}
		return numbers;
	}

	private WaitingPlayer player(ModelNode gateway) {
		return WaitingPlayer.connect(this.cluster, gateway);
	}

	@BeforeEach
	void connect() {
		this.cluster.settle();
		this.player = player(this.gate);
		this.player.client().request("room.echo", "hello");
		this.cluster.advance(MOMENT);
		assertThat(this.player.replies()).containsExactly("hello");
		this.player.replies().clear();
		this.handled.clear();
	}

	private void requestMany(WaitingPlayer from) {
		for (String number : numbers()) {
			from.client().request("room.echo", number);
			this.cluster.advance(MOMENT);
		}
	}

	@Test
	void requestsWhileTheGatewayIsAwayAreHandledInOrderAndOnce() {
		this.gate.bus.disconnect();
		requestMany(this.player);
		assertThat(this.player.replies()).isEmpty();
		this.gate.bus.reconnect();
		this.cluster.advance(ModelCluster.HEARTBEAT);
		assertThat(this.player.replies()).isEqualTo(numbers());
		assertThat(this.handled).isEqualTo(numbers());
	}

	@Test
	void aGatewayThatIsBackWaitsForNodesThatAreNot() {
		this.gate.bus.disconnect();
		this.room.bus.disconnect();
		requestMany(this.player);
		this.gate.bus.reconnect();
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(this.player.replies()).isEmpty();
		this.room.bus.reconnect();
		this.cluster.advance(MOMENT);
		assertThat(this.player.replies()).isEqualTo(numbers());
		assertThat(this.handled).isEqualTo(numbers());
	}

	@Test
	void whenTheGatewayIsAwayForLongTheyFailAsNotBegunAndLaterOnesAtOnce() {
		this.gate.bus.disconnect();
		requestMany(this.player);
		this.cluster.advance(ModelCluster.HEARTBEAT);
		assertThat(this.player.replies()).isEmpty();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
		assertThat(this.player.replies()).hasSize(MANY).containsOnly("503");
		this.player.client().request("room.echo", "late");
		this.cluster.advance(Duration.ZERO);
		assertThat(this.player.replies()).hasSize(MANY + 1).containsOnly("503");
		this.gate.bus.reconnect();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(2));
		assertThat(this.handled).isEmpty();
		// The room has considered the gateway dead, and closed the session.
		WaitingPlayer newcomer = player(this.gate);
		newcomer.client().request("room.echo", "x");
		this.cluster.advance(MOMENT);
		assertThat(newcomer.replies()).containsExactly("x");
	}

	@Test
	void aGatewayThatWasNeverConnectedFailsThemAtOnce() {
		ModelNode alone = gateway("alone");
		alone.bus.disconnect();
		alone.start(true);
		WaitingPlayer newcomer = player(alone);
		newcomer.client().request("room.echo", "x");
		this.cluster.advance(Duration.ZERO);
		assertThat(newcomer.replies()).containsExactly("503");
		alone.bus.reconnect();
		this.cluster.settle();
		newcomer.client().request("room.echo", "x");
		this.cluster.advance(MOMENT);
		assertThat(newcomer.replies()).containsExactly("503", "x");
	}

	@Test
	void aGatewayThatWasNeverConnectedDoesNotFailThemAnyMoreWhenItReceivesItself() {
		ModelNode alone = gateway("alone");
		alone.bus.disconnect();
		alone.start(true);
		WaitingPlayer newcomer = player(alone);
		alone.bus.reconnect();
		// Its next check is later.
		this.cluster.advance(MOMENT);
		newcomer.client().request("room.echo", "x");
		this.cluster.advance(ModelCluster.HEARTBEAT.dividedBy(2));
		assertThat(newcomer.replies()).containsExactly("x");
	}

	@Test
	void aGatewayThatStartsKnowsUnknownRoutesAfterAHeartbeat() {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus from, MemoryBus to, String subject) {
				return (from == to) ? Duration.ZERO : LOST;
			}

		});
		ModelNode starting = gateway("starting").start(true);
		WaitingPlayer newcomer = player(starting);
		WaitingPlayer mistaken = player(starting);
		newcomer.client().request("room.echo", "x");
		mistaken.client().request("nowhere.echo", "x");
		mistaken.client().request(WaitingPlayer.ECHO, "here");
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.advance(MOMENT);
		assertThat(newcomer.replies()).isEmpty();
		assertThat(mistaken.replies()).isEmpty();
		this.cluster.advance(ModelCluster.HEARTBEAT);
		assertThat(newcomer.replies()).containsExactly("x");
		this.cluster.advance(ModelCluster.HEARTBEAT.dividedBy(2));
		assertThat(mistaken.replies()).containsExactly("404", "here");
	}

	@Test
	void anUnknownRouteOfAComponentOfThisNodeIsKnownToBeUnknown() {
		ModelNode starting = gateway("starting").start(true);
		WaitingPlayer newcomer = player(starting);
		newcomer.client().request("here.nothing", "x");
		this.cluster.advance(Duration.ZERO);
		assertThat(newcomer.replies()).containsExactly("404");
	}

	@Test
	void aGatewayThatHasReconnectedKnowsUnknownRoutesAfterAHeartbeat() {
		this.gate.bus.disconnect();
		this.cluster.node("hall", LoginPolicy.SEVERAL).route("hall.echo", UnconnectedGatewayTests::body).start(false);
		this.cluster.advance(MOMENT);
		this.gate.bus.reconnect();
		this.cluster.advance(Duration.ZERO);
		this.player.client().request("hall.echo", "x");
		this.cluster.advance(ModelCluster.HEARTBEAT);
		assertThat(this.player.replies()).containsExactly("x");
	}

}
