package io.nanogame.node;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/**
 * Common selectors of nodes. All are thread-safe.
 */
public final class NodeSelectors {

	private NodeSelectors() {
	}

	/** Creates a selector of a random node. */
	public static NodeSelector random() {
		return NodeSelectors::random;
	}

	static Node random(List<Node> candidates) {
		return candidates.get(ThreadLocalRandom.current().nextInt(candidates.size()));
	}

	/**
	 * Creates a selector of the nodes in turn. It counts its selections, so it must be
	 * kept. The first node is a random one, because other servers select at the same
	 * time.
	 */
	public static NodeSelector roundRobin() {
		AtomicInteger turn = new AtomicInteger(ThreadLocalRandom.current().nextInt());
		return (candidates) -> candidates.get(Math.floorMod(turn.getAndIncrement(), candidates.size()));
	}

	/**
	 * Creates a selector that prefers nodes with few sessions, by their last reports: of
	 * two random nodes, which may be the same, it selects the one with fewer sessions.
	 * Always selecting the node with the fewest sessions would send all of them to one
	 * node until its next report.
	 */
	public static NodeSelector leastSessions() {
		return (candidates) -> {
			Node one = random(candidates);
			Node other = random(candidates);
			return (one.sessions() <= other.sessions()) ? one : other;
		};
	}

	/**
	 * Creates a selector by rendezvous hashing: the same key selects the same node, on
	 * every node. When a node joins or leaves, only the keys of this node move.
	 * @param key such as the uid of a player or the name of a guild
	 * @return a selector
	 */
	public static NodeSelector consistentHash(String key) {
		return (candidates) -> candidates.stream()
			.max(Comparator.comparingLong((node) -> weight(key, node)))
			.orElseThrow();
	}

	/**
	 * Returns the weight of a pair of key and node. The node with the largest weight is
	 * selected.
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
	 * Creates a selector that prefers the nodes with a label, as long as there are any.
	 * @param label the label, such as a region
	 * @param among selects among these nodes
	 * @return a selector
	 */
	public static NodeSelector label(String label, NodeSelector among) {
		return (candidates) -> among.select(preferred(label, candidates));
	}

	/** Returns the nodes with a label, or all if no node has it. */
	static List<Node> preferred(String label, List<Node> candidates) {
		List<Node> labelled = candidates.stream().filter((node) -> node.label().equals(label)).toList();
		return labelled.isEmpty() ? candidates : labelled;
	}

}
