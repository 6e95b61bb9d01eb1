package io.nanogame.cluster.move;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The sessions that have moved to this node, or from it, as long as pushes for them may
 * be on the way to their former owners. Thread-safe.
 */
public final class Moves {

	private final Map<Long, Arrival> arrivals = new ConcurrentHashMap<>();

	private final Map<Long, Departure> departures = new ConcurrentHashMap<>();

	/** How often sessions of this node have moved. */
	private final Map<Long, Long> epochs = new ConcurrentHashMap<>();

	private final PushNumbers numbers = new PushNumbers();

	private final SessionLocks locks = new SessionLocks();

	/** Whether there was a move, so that most nodes need not look. */
	private volatile boolean used;

	/**
	 * A session will arrive at this node. Its pushes wait until {@link #arrived}.
	 * @param session the id of the session
	 * @param nodes the nodes that may send pushes to its former owner
	 */
	public void expect(long session, Collection<String> nodes) {
		this.used = true;
		this.departures.remove(session);
		this.arrivals.computeIfAbsent(session, (id) -> new Arrival(nodes));
	}

	/**
	 * A session has arrived.
	 * @param session the id of the session
	 * @param before the pushes that its former owner had received
	 */
	public void arrived(long session, Map<String, ReceivedPushes> before) {
		Arrival arrival = this.arrivals.get(session);
		if (arrival != null) {
			arrival.start(before);
		}
	}

	/**
	 * Returns the numbers of pushes to several sessions.
	 * @return always the same object
	 */
	public PushNumbers numbers() {
		return this.numbers;
	}

	/**
	 * Returns whether a session has moved from this node, and pushes are passed on to it.
	 * @param session the id of the session
	 * @return false when the move is over
	 */
	public boolean hasLeft(long session) {
		return this.used && this.departures.containsKey(session);
	}

	/**
	 * Returns whether the pushes of a session need care.
	 * @param session the id of a session
	 * @return true while it moves to this node, or from it
	 */
	public boolean isMoving(long session) {
		return this.used && (this.arrivals.containsKey(session) || this.departures.containsKey(session));
	}

	/**
	 * No more pushes are passed on.
	 * @param session the id of a session that has moved from this node
	 * @param epoch the number of its moves
	 * @return false if it was over before, or the session has moved again
	 */
	public boolean over(long session, long epoch) {
		Departure departure = this.departures.get(session);
		return departure != null && departure.epoch() == epoch && this.departures.remove(session, departure);
	}

	/**
	 * Repeats the reports that a node passes on no more pushes of its own.
	 * @param self the id of this node
	 * @param report receives the id of each session that has moved from this node, the
	 * number of its moves, and its new owner
	 */
	public void forEachLeft(String self, DepartureReport report) {
		this.departures.forEach((session, departure) -> {
			if (departure.ended().contains(self)) {
				report.send(session, departure.epoch(), departure.to());
			}
		});
	}

	/**
	 * No more pushes are passed on to a node, because it is gone.
	 * @param node the id of the node
	 * @return the ids of the sessions that have moved to it
	 */
	public List<Long> overTo(String node) {
		List<Long> over = new ArrayList<>();
		this.departures.forEach((session, departure) -> {
			if (departure.to().equals(node) && this.departures.remove(session, departure)) {
				over.add(session);
			}
		});
		return over;
	}

	/**
	 * Returns whether all pushes that were passed on are delivered.
	 * @param session the id of a session that has moved to this node
	 * @return true once no node passes on more
	 */
	public boolean isSettled(long session) {
		Arrival arrival = this.arrivals.get(session);
		return arrival == null || arrival.isSettled();
	}

	/**
	 * A session does not arrive.
	 * @param session the id of the session
	 */
	public void cancel(long session) {
		this.arrivals.remove(session);
	}

	/**
	 * This node owns a session that has moved.
	 * @param session the id of the session
	 * @param epoch the number of its moves
	 */
	public void restored(long session, long epoch) {
		this.epochs.put(session, epoch);
	}

	/**
	 * Returns the number of the next move of a session.
	 * @param session the id of a session of this node
	 * @return a number above those of its earlier moves
	 */
	public long nextEpoch(long session) {
		Long present = this.epochs.remove(session);
		return (present != null) ? present + 1 : 1;
	}

	/**
	 * A session has ended. Its last move goes on until it is over.
	 * @param session the id of the session
	 */
	public void ended(long session) {
		if (this.used) {
			this.epochs.remove(session);
		}
	}

	/**
	 * Returns the number of sessions that move to this node, or from it.
	 * @return 0 when no pushes are passed on
	 */
	public int count() {
		return this.arrivals.size() + this.departures.size();
	}

	/**
	 * A session moves to another node.
	 * @param session the id of the session
	 * @param to the id of the node
	 * @param epoch the number of its moves
	 */
	public void left(long session, String to, long epoch) {
		this.used = true;
		this.locks.of(session).exclusive(() -> {
			this.arrivals.remove(session);
			this.departures.put(session, new Departure(to, epoch));
		});
	}

	/**
	 * Delivers a push that a node has sent to this one, before the session leaves.
	 * @param from the id of the node
	 * @param number the number of the push on that node; 0 if it was sent to this session
	 * only
	 * @param session the id of the session
	 * @param push delivers the push; called now or later, on any thread
	 * @return the id of the new owner, to which the push must be passed on instead; null
	 * if this node does not pass it on
	 */
	public @Nullable String deliver(String from, long number, long session, Runnable push) {
		return this.locks.of(session).sharedResult(() -> deliverOrNext(from, number, session, push));
	}

	/** Under the lock of the session. */
	private @Nullable String deliverOrNext(String from, long number, long session, Runnable push) {
		String next = nextOf(session, from);
		Arrival arrival = (this.used && next == null) ? this.arrivals.get(session) : null;
		if (arrival != null) {
			arrival.direct(from, number, push);
		}
		else if (next == null) {
			push.run();
		}
		return next;
	}

	/**
	 * Delivers a push that the former owner has passed on.
	 * @param from the id of the node that has sent it to the former owner
	 * @param number as for {@link #deliver}
	 * @param session the id of the session
	 * @param push delivers the push
	 */
	public void passedOn(String from, long number, long session, Runnable push) {
		Arrival arrival = this.arrivals.get(session);
		if (arrival != null) {
			arrival.passedOn(from, number, push);
		}
		else if (number == Arrival.UNNUMBERED) {
			push.run();
		}
	}

	/**
	 * Returns the node to which a push must be passed on.
	 * @param session the id of the session
	 * @param from the id of the node that has sent the push
	 * @return the id of the new owner; null if this node does not pass it on
	 */
	public @Nullable String nextOf(long session, String from) {
		Departure departure = this.used ? this.departures.get(session) : null;
		return (departure != null && !departure.ended().contains(from)) ? departure.to() : null;
	}

	/**
	 * A node sends no more pushes for a session to this one.
	 * @param session the id of the session
	 * @param epoch the number of its moves
	 * @param from the id of the node
	 * @return the new owner, which must be notified; null if the move is over
	 */
	public @Nullable String pathEnd(long session, long epoch, String from) {
		Departure departure = this.departures.get(session);
		if (departure == null || departure.epoch() != epoch) {
			return null;
		}
		departure.ended().add(from);
		return departure.to();
	}

	/**
	 * The former owner of a session passes on no more pushes of a node.
	 * @param session the id of the session
	 * @param node the id of the node
	 */
	public void pathEnded(long session, String node) {
		Arrival arrival = this.arrivals.get(session);
		if (arrival != null) {
			arrival.ended(node);
		}
	}

	/**
	 * A node sends pushes for a session to this node only, and all that it has sent
	 * before have arrived.
	 * @param session the id of the session
	 * @param node the id of the node
	 * @param last the number of the last push of the node that may have been sent before
	 */
	public void pathBegun(long session, String node, long last) {
		Arrival arrival = this.arrivals.get(session);
		if (arrival != null) {
			arrival.begun(node, last);
		}
	}

	/**
	 * Returns the nodes of which pushes may still be passed on.
	 * @param session the id of a session of this node
	 * @return the ids of the nodes; empty when the move is over
	 */
	public Set<String> open(long session) {
		Arrival arrival = this.arrivals.get(session);
		return (arrival != null) ? arrival.open() : Set.of();
	}

}
