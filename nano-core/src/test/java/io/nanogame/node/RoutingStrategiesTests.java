package io.nanogame.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoutingStrategiesTests {

	private static final Node A = node("a", "eu", 5);

	private static final Node B = node("b", "us", 3);

	private static final Node C = node("c", "eu", 9);

	private final AtomicReference<@Nullable String> key = new AtomicReference<>();

	private final Function<Session, @Nullable String> keyOfSession = (session) -> this.key.get();

	private static Node node(String id, String label, int sessions) {
		return new Node(id, id, label, Map.of(), Set.of("room"), Set.of(), Set.of(), Set.of(), false, false, sessions);
	}

	private static Node choose(RoutingStrategy strategy, Node... candidates) {
		return strategy.choose(null, "room", List.of(candidates));
	}

	private static Map<Node, Long> shares(RoutingStrategy strategy, int times) {
		return IntStream.range(0, times)
			.mapToObj((i) -> choose(strategy, A, B, C))
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
	}

	@Test
	void theRandomStrategyUsesAllNodesEqually() {
		assertThat(shares(RoutingStrategies.random(), 3000).values()).hasSize(3)
			.allSatisfy((share) -> assertThat(share).isBetween(850L, 1150L));
	}

	@Test
	void roundRobinChoosesTheNodesInTurn() {
		RoutingStrategy strategy = RoutingStrategies.roundRobin();
		List<Node> first = Stream.generate(() -> choose(strategy, A, B, C)).limit(3).toList();
		assertThat(first).containsExactlyInAnyOrder(A, B, C);
		assertThat(Stream.generate(() -> choose(strategy, A, B, C)).limit(6)).startsWith(first.toArray(Node[]::new))
			.endsWith(first.toArray(Node[]::new));
	}

	@Test
	void roundRobinBeginsWithARandomNode() {
		assertThat(Stream.generate(() -> choose(RoutingStrategies.roundRobin(), A, B, C)).limit(100)).contains(A, B, C);
	}

	@Test
	void roundRobinHasATurnForEachComponent() {
		RoutingStrategy strategy = RoutingStrategies.roundRobin();
		Set<Node> chosen = new HashSet<>();
		for (int i = 0; i < 4; i++) {
			chosen.add(strategy.choose(null, "room", List.of(A, B)));
			strategy.choose(null, "chat", List.of(A, B));
		}
		assertThat(chosen).containsExactlyInAnyOrder(A, B);
	}

	@Test
	void nodesWithFewerSessionsAreChosenMoreOften() {
		Node empty = node("empty", "", 0);
		Node full = node("full", "", 10_000);
		Map<Node, Long> shares = IntStream.range(0, 3000)
			.mapToObj((i) -> RoutingStrategies.leastSessions().choose(null, "room", List.of(empty, full)))
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertThat(shares.get(empty)).as("3 of 4").isBetween(2100L, 2400L);
	}

	/** The reports differ by a few sessions, and several servers choose. */
	@Test
	void manySessionsAreSharedEvenlyByNodesThatHaveNearlyAsMany() {
		List<RoutingStrategy> gateways = Stream.generate(RoutingStrategies::leastSessions).limit(4).toList();
		Map<Node, Long> shares = IntStream.range(0, 10_000)
			.mapToObj((i) -> choose(gateways.get(i % 4), A, B, C))
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertThat(shares.values()).hasSize(3).allSatisfy((share) -> assertThat(share).isBetween(3200L, 3467L));
	}

	@Test
	void choicesBeforeTheLastReportDoNotCount() {
		RoutingStrategy strategy = RoutingStrategies.leastSessions();
		for (int i = 0; i < 3000; i++) {
			choose(strategy, A, B, C);
		}
		Node reported = node("a", "eu", 0);
		Map<Node, Long> shares = IntStream.range(0, 900)
			.mapToObj((i) -> choose(strategy, reported, B, C))
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertThat(shares.get(reported)).as("5 of 9, because it has fewer").isGreaterThan(400L);
	}

	@Test
	void theSessionsThatArriveBetweenTwoReportsAreSpread() {
		List<Node> nodes = IntStream.range(0, 20).mapToObj((i) -> node("n" + i, "", (i == 0) ? 0 : 100 + i)).toList();
		RoutingStrategy strategy = RoutingStrategies.leastSessions();
		Map<Node, Long> shares = IntStream.range(0, 10_000)
			.mapToObj((i) -> strategy.choose(null, "room", nodes))
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertThat(shares).hasSize(20);
		assertThat(shares.values()).as("at most twice the average")
			.allSatisfy((share) -> assertThat(share).isLessThan(1200));
		assertThat(choose(strategy, A)).isEqualTo(A);
	}

	@Test
	void aKeyMapsToTheSameNodeAndTheKeysAreSpreadEvenly() {
		RoutingStrategy strategy = RoutingStrategies.consistentHash(this.keyOfSession);
		Map<Node, Integer> shares = new HashMap<>();
		for (int i = 0; i < 3000; i++) {
			this.key.set("player " + i);
			Node chosen = choose(strategy, A, B, C);
			assertThat(choose(strategy, C, A, B)).isEqualTo(chosen);
			shares.merge(chosen, 1, Integer::sum);
		}
		assertThat(shares.values()).hasSize(3).allSatisfy((share) -> assertThat(share).isBetween(850, 1150));
	}

	@Test
	void onlyTheKeysOfANodeThatLeavesMove() {
		RoutingStrategy strategy = RoutingStrategies.consistentHash(this.keyOfSession);
		for (int i = 0; i < 1000; i++) {
			this.key.set("player " + i);
			Node before = choose(strategy, A, B, C);
			Node after = choose(strategy, A, B);
			assertThat(before.equals(C) || before.equals(after)).isTrue();
		}
	}

	@Test
	void aSessionWithoutAKeyGoesToARandomNode() {
		assertThat(shares(RoutingStrategies.consistentHash(this.keyOfSession), 300)).hasSize(3);
	}

	@Test
	void aLabelIsPreferredAsLongAsSomeNodeHasIt() {
		RoutingStrategy strategy = RoutingStrategies.label(this.keyOfSession, RoutingStrategies.random());
		this.key.set("us");
		assertThat(shares(strategy, 100)).containsOnlyKeys(B);
		this.key.set("eu");
		assertThat(shares(strategy, 100)).containsOnlyKeys(A, C);
		this.key.set("asia");
		assertThat(shares(strategy, 100)).containsOnlyKeys(A, B, C);
	}

}
