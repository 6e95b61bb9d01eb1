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
 * Searches for what other nodes have. A node that has just started knows the others a
 * moment later, and must not reject players until then. Thread-safe.
 */
public final class NodeSearch {

	private static final Duration POLL = Duration.ofMillis(100);

	private final Supplier<Nodes> nodes;

	private final Timers timers;

	private final Executor workers;

	private final int maxPolls;

	/**
	 * Creates a search.
	 * @param nodes the nodes
	 * @param timers the timers of the wait
	 * @param workers on which the search is repeated
	 * @param patience after this time without the other nodes the search ends
	 */
	public NodeSearch(Supplier<Nodes> nodes, Timers timers, Executor workers, Duration patience) {
		this.nodes = nodes;
		this.timers = timers;
		this.workers = workers;
		this.maxPolls = (int) patience.dividedBy(POLL);
	}

	/**
	 * Repeats an attempt until it finds what it looks for, or all nodes are known.
	 * @param <T> the result
	 * @param attempt called once or more
	 * @param isFound returns whether a result is the last one
	 * @return the last result; fails as soon as an attempt fails
	 */
	public <T extends @Nullable Object> CompletionStage<T> repeat(Supplier<CompletionStage<T>> attempt,
			Predicate<T> isFound) {
		return repeat(attempt, isFound, this.maxPolls);
	}

	private <T extends @Nullable Object> CompletionStage<T> repeat(Supplier<CompletionStage<T>> attempt,
			Predicate<T> isFound, int polls) {
		boolean isLast = this.nodes.get().areAllKnown() || polls == 0;
		return attempt.get().thenCompose((result) -> {
			if (isLast || isFound.test(result)) {
				return CompletableFuture.completedStage(result);
			}
			CompletableFuture<@Nullable Void> later = new CompletableFuture<>();
			this.timers.after(POLL, this.workers, () -> later.complete(null));
			return later.thenCompose((done) -> repeat(attempt, isFound, polls - 1));
		});
	}

}
