package io.nanogame.node;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.CRC32C;

import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Common routing strategies. All are thread-safe.
 */
public final class RoutingStrategies {

	private RoutingStrategies() {
	}

	/** Creates a strategy that chooses a random node. It is the default of a cluster. */
	public static RoutingStrategy random() {
		return (session, component, candidates) -> candidates
			.get(ThreadLocalRandom.current().nextInt(candidates.size()));
	}

	/** Creates a strategy that chooses the nodes in turn. */
	public static RoutingStrategy roundRobin() {
		AtomicInteger turn = new AtomicInteger();
		return (session, component, candidates) -> candidates
			.get(Math.floorMod(turn.getAndIncrement(), candidates.size()));
	}

	/**
	 * Creates a strategy that chooses the node with the fewest sessions, by its last
	 * report.
	 */
	public static RoutingStrategy leastSessions() {
		return (session, component,
				candidates) -> candidates.stream().min(Comparator.comparingInt(Node::sessions)).orElseThrow();
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
		RoutingStrategy anywhere = random();
		return (session, component, candidates) -> {
			String value = key.apply(session);
			return (value != null)
					? candidates.stream().max(Comparator.comparingLong((node) -> weight(value, node))).orElseThrow()
					: anywhere.choose(session, component, candidates);
		};
	}

	/**
	 * Returns the weight of a pair of key and node. The node with the largest weight is
	 * chosen.
	 */
	private static long weight(String key, Node node) {
		CRC32C hash = new CRC32C();
		hash.update((key + '\n' + node.id()).getBytes(StandardCharsets.UTF_8));
		return mixed(hash.getValue());
	}

	/**
	 * The finaliser of SplitMix64. CRC is linear: with unmixed checksums, one of three
	 * nodes would get half of the keys.
	 */
	private static long mixed(long value) {
		long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

	/**
	 * Creates a strategy that prefers the nodes with a label, as long as there are any.
	 * @param label returns the label for a session, such as its region
	 * @param among chooses among these nodes
	 * @return a strategy
	 */
	public static RoutingStrategy label(Function<Session, @Nullable String> label, RoutingStrategy among) {
		return (session, component, candidates) -> {
			String wanted = label.apply(session);
			List<Node> labelled = candidates.stream().filter((node) -> node.label().equals(wanted)).toList();
			return among.choose(session, component, labelled.isEmpty() ? candidates : labelled);
		};
	}

}
