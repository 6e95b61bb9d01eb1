package io.nanogame.connection;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The limit on the bytes that one loop inflates in one turn. A kilobyte may become a
 * megabyte, so clients that send such messages wait for each other, and other clients of
 * the loop wait for one turn at max. Confined to the loop.
 */
final class InflationTurns {

	/** The paused clients whose next message is compressed, in order. */
	private final Set<Runnable> waiting = new LinkedHashSet<>();

	private long inflated;

	private boolean nextScheduled;

	/**
	 * Returns whether no further body may be inflated in this turn.
	 * @param max the bytes of a turn, which the last message may exceed
	 */
	boolean isOver(int max) {
		return this.inflated >= max;
	}

	/** Counts a body that was inflated on a loop. */
	void inflated(int bytes, OutputLoop loop) {
		this.inflated += bytes;
		if (bytes > 0) {
			scheduleNext(loop);
		}
	}

	/** Resumes a paused client in a later turn. Called only when this turn is over. */
	void await(Runnable client) {
		this.waiting.add(client);
	}

	private void scheduleNext(OutputLoop loop) {
		if (!this.nextScheduled) {
			this.nextScheduled = true;
			loop.nextTurn(this::next);
		}
	}

	private void next() {
		this.nextScheduled = false;
		this.inflated = 0;
		// One at a time: a client that exhausts this turn, too, keeps the others in their
		// order.
		while (!this.nextScheduled && !this.waiting.isEmpty()) {
			Iterator<Runnable> first = this.waiting.iterator();
			Runnable client = first.next();
			first.remove();
			client.run();
		}
	}

}
