package io.nanogame.node;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NodeSelectorsTests {

	private static final Node FEW = node("few", 100);

	private static final Node MANY = node("many", 200);

	private static Node node(String id, int sessions) {
		return new Node(id, id, "", Map.of(), Set.of(), Set.of(), Set.of(), Set.of(), false, false, sessions);
	}

	/** A call of a service is no session, so many calls change nothing. */
	@Test
	void leastSessionsSelectsByTheLastReportsOnly() {
		NodeSelector selector = NodeSelectors.leastSessions();
		Map<Node, Long> shares = Stream.generate(() -> selector.select(List.of(FEW, MANY)))
			.limit(3000)
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertThat(shares.get(FEW)).as("3 of 4").isBetween(2100L, 2400L);
	}

}
