package io.nanogame.cluster.move;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that has moved to this node while pushes of some nodes are still on the way
 * to its former gateway, which passes them on. Those are older than what the same node
 * sends directly, so these wait. A push to a group or a player is published, so both
 * gateways may receive it: it is delivered once, by its number; and in order, even if the
 * former gateway has missed one, because pushes that are passed on wait until the earlier
 * direct ones have arrived. Thread-safe. Pushes are
 * delivered one after the other, outside of the lock, because code of the game may
 * intercept them.
 */
final class Arrival {

	private static final Logger log = LoggerFactory.getLogger(Arrival.class);

	/** The number of a push that was sent to this session only. */
	static final long UNNUMBERED = 0;

	/** The nodes whose pushes may still be passed on. Guarded by this. */
	private final Map<String, Road> roads = new HashMap<>();

	/**
	 * The pushes that the former gateway has received before the session has left it.
	 * Empty until the session has arrived. Guarded by this.
	 */
	private final Map<String, HeardPushes> heard = new HashMap<>();

	/** Guarded by this. */
	private final Queue<Runnable> ready = new ArrayDeque<>();

	/** What was passed on before the session has arrived. Guarded by this. */
	private final List<Runnable> early = new ArrayList<>();

	/** Whether the session has arrived. Guarded by this. */
	private boolean started;

	/** Whether a thread delivers, or the session has not arrived yet. Guarded by this. */
	private boolean delivering = true;

	/**
	 * Creates an arrival.
	 * @param nodes the nodes whose pushes may still be passed on
	 */
	Arrival(Collection<String> nodes) {
		nodes.forEach((node) -> this.roads.put(node, new Road()));
	}

	/**
	 * Receives a push that a node has sent to this one.
	 * @param from the node
	 * @param number the number of the push on that node, or {@link #UNNUMBERED}
	 * @param push delivers the push
	 */
	void direct(String from, long number, Runnable push) {
		synchronized (this) {
			Road road = this.roads.get(from);
			if (road != null) {
				road.held.add(new Held(number, push));
				return;
			}
			this.ready.add(push);
		}
		deliver();
	}

	/**
	 * Receives a push that the former gateway has passed on. A push that arrives after
	 * {@link #ended} has been delivered directly, if it was published.
	 */
	void passedOn(String from, long number, Runnable push) {
		synchronized (this) {
			if (!this.started) {
				this.early.add(() -> pass(from, number, push));
				return;
			}
			pass(from, number, push);
		}
		deliver();
	}

	/** Under the lock. */
	private void pass(String from, long number, Runnable push) {
		Road road = this.roads.get(from);
		if (road != null && !road.begun) {
			// Earlier ones, which the former gateway has missed, may be on the direct way.
			road.passed.add(() -> release(from, number, push));
			return;
		}
		release(from, number, push);
	}

	/** Under the lock. */
	private void release(String from, long number, Runnable push) {
		Road road = this.roads.get(from);
		if (number != UNNUMBERED && (road == null || !road.seen.add(number))) {
			return;
		}
		if (road != null) {
			releaseUpTo(from, road, number);
		}
		this.ready.add(push);
	}

	/** The former gateway passes on no more pushes of a node. */
	void ended(String from) {
		synchronized (this) {
			Road road = this.roads.get(from);
			if (road != null) {
				road.ended = true;
				endIfOver(from, road);
			}
		}
		deliver();
	}

	/** A node knows the move, and its earlier pushes have arrived here, too. */
	void begun(String from) {
		synchronized (this) {
			Road road = this.roads.get(from);
			if (road != null) {
				road.begun = true;
				road.passed.forEach(Runnable::run);
				road.passed.clear();
				endIfOver(from, road);
			}
		}
		deliver();
	}

	/**
	 * Releases the pushes that were sent before one that was passed on, because the
	 * former gateway has not received them. Under the lock.
	 */
	private void releaseUpTo(String from, Road road, long number) {
		int last = -1;
		for (int i = 0; i < road.held.size(); i++) {
			long held = road.held.get(i).number();
			if (held != UNNUMBERED && held <= number) {
				last = i;
			}
		}
		List<Held> earlier = road.held.subList(0, last + 1);
		release(from, road, earlier);
		earlier.clear();
	}

	/** Under the lock. */
	private void release(String from, Road road, List<Held> pushes) {
		HeardPushes before = this.heard.getOrDefault(from, HeardPushes.NONE);
		for (Held push : pushes) {
			if (push.number() == UNNUMBERED || !before.contains(push.number()) && road.seen.add(push.number())) {
				this.ready.add(push.push());
			}
		}
	}

	/** Under the lock. */
	private void endIfOver(String from, Road road) {
		if (this.heard.containsKey(from) && road.ended && road.begun) {
			this.roads.remove(from);
			release(from, road, road.held);
		}
	}

	/** Returns whether all pushes are delivered, and none will be passed on. */
	synchronized boolean isSettled() {
		return this.roads.isEmpty() && this.ready.isEmpty() && !this.delivering;
	}

	/** Returns the nodes whose pushes may still be passed on, as a copy. */
	synchronized Set<String> open() {
		return Set.copyOf(this.roads.keySet());
	}

	/**
	 * The session has arrived, so that pushes can be delivered.
	 * @param before the pushes that its former gateway had received
	 */
	void start(Map<String, HeardPushes> before) {
		synchronized (this) {
			this.started = true;
			this.roads.keySet().forEach((node) -> this.heard.put(node, before.getOrDefault(node, HeardPushes.NONE)));
			this.early.forEach(Runnable::run);
			this.early.clear();
			Map.copyOf(this.roads).forEach(this::endIfOver);
		}
		deliver(next());
	}

	private void deliver() {
		deliver(begin());
	}

	private void deliver(@Nullable Runnable first) {
		Runnable next = first;
		while (next != null) {
			try {
				next.run();
			}
			catch (RuntimeException ex) {
				log.error("A push to a session that has moved was not sent", ex);
			}
			next = next();
		}
	}

	/** Returns null if there is none, or another thread delivers it. */
	private synchronized @Nullable Runnable begin() {
		if (this.delivering) {
			return null;
		}
		this.delivering = true;
		return next();
	}

	private synchronized @Nullable Runnable next() {
		Runnable next = this.ready.poll();
		if (next == null) {
			this.delivering = false;
		}
		return next;
	}

	/** The pushes of one node while the former gateway passes some of them on. */
	private static final class Road {

		/** The numbers of the pushes that were passed on. */
		private final Set<Long> seen = new HashSet<>();

		/** The pushes that were sent directly. */
		private final List<Held> held = new ArrayList<>();

		/** What was passed on while earlier pushes may be on the direct way. */
		private final List<Runnable> passed = new ArrayList<>();

		/** Whether no more pushes are passed on. */
		private boolean ended;

		/** Whether all pushes from before the move have arrived directly, too. */
		private boolean begun;

	}

	private record Held(long number, Runnable push) {
	}

}
