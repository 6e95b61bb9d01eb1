package io.nanogame.connection;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How much one loop inflates in one turn. A kilobyte may become a megabyte, so clients
 * that send such messages wait for each other, and the clients between them wait for no
 * more than one turn. Loop.
 */
final class InflationTurns {

	private final Consumer<Runnable> nextTurn;

	/** Those whose next message is compressed and came when the turn was over. */
	private final Set<Runnable> waiting = new LinkedHashSet<>();

	private long inflated;

	private boolean nextScheduled;

	/**
	 * The turns of a loop.
	 * @param nextTurn runs something in the next one
	 */
	InflationTurns(Consumer<Runnable> nextTurn) {
		this.nextTurn = nextTurn;
	}

	/**
	 * Whether nothing more may be inflated in this turn.
	 * @param most bytes a turn, of which the last message may be the larger part
	 */
	boolean isOver(int most) {
		return this.inflated >= most;
	}

	/** Counts a body. */
	void inflated(int bytes) {
		this.inflated += bytes;
		if (bytes > 0) {
			scheduleNext();
		}
	}

	/** Resumes a paused client in its turn. Only while this turn is over. */
	void await(Runnable client) {
		this.waiting.add(client);
	}

	private void scheduleNext() {
		if (!this.nextScheduled) {
			this.nextScheduled = true;
			this.nextTurn.accept(this::next);
		}
	}

	private void next() {
		this.nextScheduled = false;
		this.inflated = 0;
		// One at a time: whoever finds the turn over again keeps its place.
		while (!this.nextScheduled && !this.waiting.isEmpty()) {
			Iterator<Runnable> first = this.waiting.iterator();
			Runnable client = first.next();
			first.remove();
			client.run();
		}
	}

}
