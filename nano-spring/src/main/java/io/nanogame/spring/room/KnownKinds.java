package io.nanogame.spring.room;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.nanogame.lane.Timers;
import io.nanogame.node.Nodes;

/**
 * The kinds of rooms that this node knows, once it knows those of other nodes.
 * Thread-safe.
 */
final class KnownKinds {

	/** Without the other nodes, the kind is considered unknown after it. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Predicate<String> own;

	private final Supplier<Nodes> nodes;

	private final NodeSearch search;

	KnownKinds(Predicate<String> own, Supplier<Nodes> nodes, Timers timers, Executor workers) {
		this.own = own;
		this.nodes = nodes;
		this.search = new NodeSearch(nodes, timers, workers, PATIENCE);
	}

	/**
	 * Waits until a node with a kind is known, or all nodes are.
	 * @return whether a node with the kind is known
	 */
	CompletionStage<Boolean> await(String kind) {
		return this.search.repeat(() -> CompletableFuture.completedStage(isKnown(kind)), Boolean::booleanValue);
	}

	private boolean isKnown(String kind) {
		return this.own.test(kind) || !this.nodes.get().withComponent(kind).isEmpty();
	}

}
