package io.nanogame.spring.room;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.nanogame.lane.Timers;
import io.nanogame.node.Nodes;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of rooms that this node knows. One that has just started knows those of other
 * nodes a moment later, and must not reject players until then. Thread-safe.
 */
final class KnownKinds {

	private static final Duration POLL = Duration.ofMillis(100);

	/** Without the other nodes, the kind is considered unknown after ten seconds. */
	private static final int MAX_POLLS = 100;

	private final Predicate<String> own;

	private final Supplier<Nodes> nodes;

	private final Timers timers;

	private final Executor workers;

	KnownKinds(Predicate<String> own, Supplier<Nodes> nodes, Timers timers, Executor workers) {
		this.own = own;
		this.nodes = nodes;
		this.timers = timers;
		this.workers = workers;
	}

	/** Waits until a node with a kind is known, or all nodes are. */
	CompletionStage<@Nullable Void> await(String kind) {
		CompletableFuture<@Nullable Void> known = new CompletableFuture<>();
		await(kind, MAX_POLLS, known);
		return known;
	}

	private void await(String kind, int polls, CompletableFuture<@Nullable Void> known) {
		Nodes present = this.nodes.get();
		if (this.own.test(kind) || present.areAllKnown() || !present.withComponent(kind).isEmpty() || polls == 0) {
			known.complete(null);
		}
		else {
			this.timers.after(POLL, this.workers, () -> await(kind, polls - 1, known));
		}
	}

}
