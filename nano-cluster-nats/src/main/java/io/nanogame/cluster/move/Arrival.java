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
 * direct ones have arrived. Thread-safe. Pushes are delivered one after the other,
 * outside of the lock, because code of the game may intercept them.
 */
final class Arrival {

	private static final Logger log = LoggerFactory.getLogger(Arrival.class);

	/** The number of a push that was sent to this session only. */
	static final long UNNUMBERED = 0;

	/** The nodes whose pushes may still be passed on. Guarded by this. */
	private final Map<String, Path> paths = new HashMap<>();

	/** The nodes whose pushes are not passed on any more. Guarded by this. */
	private final Set<String> direct = new HashSet<>();

	/**
	 * The pushes that the former gateway has received before the session has left it.
	 * Empty until the session has arrived. Guarded by this.
	 */
	private final Map<String, ReceivedPushes> before = new HashMap<>();

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
		nodes.forEach((node) -> this.paths.put(node, new Path()));
	}

	/**
	 * Returns the path of a node, which may have joined after the beginning; null if no
	 * more pushes of it are passed on. Under the lock.
	 */
	private @Nullable Path path(String from) {
		return this.direct.contains(from) ? null : this.paths.computeIfAbsent(from, (node) -> new Path());
	}

	/**
	 * Receives a push that a node has sent to this one.
	 * @param from the node
	 * @param number the number of the push on that node, or {@link #UNNUMBERED}
	 * @param push delivers the push
	 */
	void direct(String from, long number, Runnable push) {
		synchronized (this) {
			Path path = path(from);
			if (path != null) {
				path.held.add(new Held(number, push));
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
		Path path = path(from);
		if (path != null && !path.begun) {
			// Earlier ones, which the former gateway has missed, may be on the direct
			// way.
			path.passed.add(() -> release(from, number, push));
			return;
		}
		release(from, number, push);
	}

	/** Under the lock. */
	private void release(String from, long number, Runnable push) {
		Path path = path(from);
		if (number != UNNUMBERED && (path == null || number > path.last || !path.seen.add(number))) {
			return;
		}
		if (path != null) {
			releaseUpTo(from, path, number);
		}
		this.ready.add(push);
	}

	/** The former gateway passes on no more pushes of a node. */
	void ended(String from) {
		synchronized (this) {
			Path path = path(from);
			if (path != null) {
				path.ended = true;
				endIfOver(from, path);
			}
		}
		deliver();
	}

	/**
	 * A node knows the move, and its earlier pushes have arrived here, too.
	 * @param last the number of the last of these: later ones arrive directly, so they
	 * are ignored when they are passed on
	 */
	void begun(String from, long last) {
		synchronized (this) {
			Path path = path(from);
			if (path != null && !path.begun) {
				path.begun = true;
				path.last = last;
				path.passed.forEach(Runnable::run);
				path.passed.clear();
				endIfOver(from, path);
			}
		}
		deliver();
	}

	/**
	 * Releases the pushes that were sent before one that was passed on, because the
	 * former gateway has not received them. Under the lock.
	 */
	private void releaseUpTo(String from, Path path, long number) {
		int last = -1;
		for (int i = 0; i < path.held.size(); i++) {
			long held = path.held.get(i).number();
			if (held != UNNUMBERED && held <= number) {
				last = i;
			}
		}
		List<Held> earlier = path.held.subList(0, last + 1);
		release(from, path, earlier);
		earlier.clear();
	}

	/** Under the lock. */
	private void release(String from, Path path, List<Held> pushes) {
		ReceivedPushes before = this.before.getOrDefault(from, ReceivedPushes.NONE);
		for (Held push : pushes) {
			if (push.number() == UNNUMBERED || !before.contains(push.number()) && path.seen.add(push.number())) {
				this.ready.add(push.push());
			}
		}
	}

	/** Under the lock. */
	private void endIfOver(String from, Path path) {
		if (this.started && path.ended && path.begun) {
			this.paths.remove(from);
			this.direct.add(from);
			release(from, path, path.held);
		}
	}

	/** Returns whether all pushes are delivered, and none will be passed on. */
	synchronized boolean isSettled() {
		return this.paths.isEmpty() && this.ready.isEmpty() && !this.delivering;
	}

	/** Returns the nodes whose pushes may still be passed on, as a copy. */
	synchronized Set<String> open() {
		return new HashSet<>(this.paths.keySet());
	}

	/**
	 * The session has arrived, so that pushes can be delivered.
	 * @param before the pushes that its former gateway had received
	 */
	void start(Map<String, ReceivedPushes> before) {
		synchronized (this) {
			this.started = true;
			this.before.putAll(before);
			this.early.forEach(Runnable::run);
			this.early.clear();
			new HashMap<>(this.paths).forEach(this::endIfOver);
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
	private static final class Path {

		/** The numbers of the pushes that were passed on. */
		private final Set<Long> seen = new HashSet<>();

		/** The pushes that were sent directly. */
		private final List<Held> held = new ArrayList<>();

		/** What was passed on while earlier pushes may be on the direct way. */
		private final List<Runnable> passed = new ArrayList<>();

		/** Whether no more pushes are passed on. */
		private boolean ended;

		/** The number of the last push from before the move. */
		private long last = Long.MAX_VALUE;

		/** Whether all pushes from before the move have arrived directly, too. */
		private boolean begun;

	}

	private record Held(long number, Runnable push) {
	}

}
