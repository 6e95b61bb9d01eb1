package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.nanogame.node.RoutingStrategies;
import io.nanogame.node.RoutingStrategy;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A backend with many sessions crashes: the others share them, whatever strategy chooses
 * their nodes, and however many gateways choose at the same moment. The property
 * {@code scale.sessions} sets their number.
 */
class RehomingTests {

	private static final int SESSIONS = Integer.getInteger("scale.sessions", 600);

	/** Clients that connect at the same time. */
	private static final int BATCH = 100;

	private static final int SURVIVORS = 3;

	private static final int FEW = 5;

	private final ModelCluster cluster = new ModelCluster(1);

	private final List<ModelNode> gateways = new ArrayList<>();

	private final List<ModelClient> clients = new ArrayList<>();

	static Stream<Arguments> strategies() {
		return Stream.of(1, SURVIVORS)
			.flatMap((gateways) -> Stream.of(strategy("random", gateways, RoutingStrategies::random),
					strategy("roundRobin", gateways, RoutingStrategies::roundRobin),
					strategy("leastSessions", gateways, RoutingStrategies::leastSessions), strategy("consistentHash",
							gateways, () -> RoutingStrategies.consistentHash((session) -> "player " + session.id()))));
	}

	private static Arguments strategy(String name, int gateways, Supplier<RoutingStrategy> strategy) {
		return Arguments.of(name, gateways, strategy);
	}

	private ModelNode node(String name) {
		return this.cluster.node(name, LoginPolicy.SEVERAL);
	}

	private ModelNode backend(String name) {
		return node(name).route("room.echo", (request) -> request.body())
			.route("chat.echo", (request) -> request.body())
			.start(false);
	}

	private void connectAll() {
		for (int i = 0; i < SESSIONS; i++) {
			ModelClient client = this.gateways.get(i % this.gateways.size()).connect((frame) -> {
			});
			client.request("room.echo", "");
			client.request("chat.echo", "");
			this.clients.add(client);
			if (i % BATCH == BATCH - 1) {
				this.cluster.advance(Duration.ofMillis(1));
			}
		}
		this.cluster.settle();
	}

	/** Some nodes have a few sessions more than others, as they report. */
	private void moveSome(List<ModelNode> nodes) {
		ModelNode gateway = this.gateways.get(0);
		List<Session> sessions = List.copyOf(gateway.sessions.all());
		for (int i = 1; i < nodes.size(); i++) {
			for (int k = 0; k < FEW; k++) {
				gateway.cluster.bind(sessions.get(i * FEW + k), "room", nodes.get(i).id());
			}
		}
		this.clients.forEach((client) -> client.request("room.echo", ""));
		this.cluster.settle();
	}

	@ParameterizedTest(name = "{0} on {1} gateways")
	@MethodSource("strategies")
	void theSessionsOfABackendThatCrashesAreSpread(String name, int count, Supplier<RoutingStrategy> strategy) {
		for (int i = 0; i < count; i++) {
			this.gateways.add(node("gate" + i).strategy(strategy.get()).start(true));
		}
		ModelNode first = backend("first");
		this.cluster.settle();
		connectAll();
		assertThat(first.sessions.count()).isEqualTo(SESSIONS);
		List<ModelNode> survivors = new ArrayList<>();
		for (int i = 0; i < SURVIVORS; i++) {
			survivors.add(backend("survivor" + i));
		}
		this.cluster.settle();
		moveSome(survivors);
		first.kill();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(4));
		List<Integer> counts = survivors.stream().map((node) -> node.sessions.count()).toList();
		int average = counts.stream().mapToInt(Integer::intValue).sum() / SURVIVORS;
		assertThat(counts).as("sessions of the survivors")
			.allSatisfy(
					(sessions) -> assertThat(sessions).isBetween(average - margin(average), average + margin(average)));
	}

	/** Four standard deviations of a random choice, and those that had a node before. */
	private static int margin(int average) {
		return FEW + (int) (4 * Math.sqrt(average * (1 - 1.0 / SURVIVORS)));
	}

}
