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
 * The usual strategies. All may be used by many threads.
 */
public final class RoutingStrategies {

	private RoutingStrategies() {
	}

	/** Any node; this is what a cluster does that was told nothing else. */
	public static RoutingStrategy random() {
		return (session, component, candidates) -> candidates
			.get(ThreadLocalRandom.current().nextInt(candidates.size()));
	}

	/** One after the other. */
	public static RoutingStrategy roundRobin() {
		AtomicInteger turn = new AtomicInteger();
		return (session, component, candidates) -> candidates
			.get(Math.floorMod(turn.getAndIncrement(), candidates.size()));
	}

	/** The node that serves the fewest sessions, as it said last. */
	public static RoutingStrategy leastSessions() {
		return (session, component,
				candidates) -> candidates.stream().min(Comparator.comparingInt(Node::sessions)).orElseThrow();
	}

	/**
	 * Sessions with the same key go to the same node, from whichever gateway; when a node
	 * comes or goes, only those move that belong to it.
	 * @param key of a session, such as its uid; sessions without a key go anywhere
	 * @return rendezvous hashing
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

	/** Rendezvous hashing: each pair has a weight, the heaviest pair wins. */
	private static long weight(String key, Node node) {
		CRC32C hash = new CRC32C();
		hash.update((key + '\n' + node.id()).getBytes(StandardCharsets.UTF_8));
		return mixed(hash.getValue());
	}

	/**
	 * The end of SplitMix64. Without it a checksum's bits are sums of each other, and of
	 * three nodes one would get half of the keys.
	 */
	private static long mixed(long value) {
		long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

	/**
	 * Only nodes with a label, as long as there are any.
	 * @param label of a session, such as its region
	 * @param among chooses among them
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
