package io.nanogame.node;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Common routing strategies: the {@link NodeSelectors}, for sessions. All are
 * thread-safe.
 */
public final class RoutingStrategies {

	private RoutingStrategies() {
	}

	/** Creates a strategy that chooses a random node. It is the default of a cluster. */
	public static RoutingStrategy random() {
		return of(NodeSelectors.random());
	}

	private static RoutingStrategy of(NodeSelector selector) {
		return (session, component, candidates) -> selector.select(candidates);
	}

	/** Creates a strategy that chooses the nodes in turn, for each component. */
	public static RoutingStrategy roundRobin() {
		// With one turn for two components and two nodes, each node would get one of
		// them.
		Map<String, NodeSelector> turns = new ConcurrentHashMap<>();
		return (session, component, candidates) -> turns
			.computeIfAbsent(component, (name) -> NodeSelectors.roundRobin())
			.select(candidates);
	}

	/**
	 * Creates a strategy that prefers nodes with few sessions, by their last reports and
	 * its own choices since then.
	 * @return a strategy that spreads the sessions which arrive between two reports
	 * @see NodeSelectors#leastSessions()
	 */
	public static RoutingStrategy leastSessions() {
		return of(new LeastSessions());
	}

	/**
	 * Creates a strategy by rendezvous hashing: sessions with the same key go to the same
	 * node, from every gateway. When a node joins or leaves, only the sessions of this
	 * node move.
	 * @param key returns the key of a session, such as its uid; a session without a key
	 * goes to a random node
	 * @return a strategy
	 */
	public static RoutingStrategy consistentHash(Function<Session, @Nullable String> key) {
		NodeSelector anywhere = NodeSelectors.random();
		return (session, component, candidates) -> {
			String value = key.apply(session);
			NodeSelector selector = (value != null) ? NodeSelectors.consistentHash(value) : anywhere;
			return selector.select(candidates);
		};
	}

	/**
	 * Creates a strategy that prefers the nodes with a label, as long as there are any.
	 * @param label returns the label for a session, such as its region; a session without
	 * a label may go to any node
	 * @param among chooses among these nodes
	 * @return a strategy
	 */
	public static RoutingStrategy label(Function<Session, @Nullable String> label, RoutingStrategy among) {
		return (session, component, candidates) -> {
			String wanted = label.apply(session);
			return among.choose(session, component,
					(wanted != null) ? NodeSelectors.preferred(wanted, candidates) : candidates);
		};
	}

}
