package io.nanogame.cluster.group;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.nanogame.cluster.move.PushLock;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.WrittenPush;

/**
 * The members of one group that move to this node, or from it, and receive each push by
 * itself meanwhile. Pushes to the group share a lock, and a member begins or ends its
 * move under the exclusive one, so that it receives a push in one of both ways.
 * Thread-safe.
 */
final class MovingMembers {

	private final GroupHost host;

	private final Map<Long, Session> sessions = new ConcurrentHashMap<>(1);

	private final PushLock lock = new PushLock();

	/** Publishes the merged pushes of the group, before a member begins or ends. */
	private final Runnable endWindow;

	MovingMembers(GroupHost host, Runnable endWindow) {
		this.host = host;
		this.endWindow = endWindow;
	}

	/** Sends a push to the members that do not move, and then to those that do. */
	void send(Runnable toOthers, Runnable toMoving) {
		send(() -> {
			toOthers.run();
			if (!this.sessions.isEmpty()) {
				toMoving.run();
			}
		});
	}

	/** Sends pushes while no member begins or ends its move. */
	void send(Runnable pushes) {
		this.lock.shared(pushes);
	}

	/**
	 * Sends a push to the members that move.
	 * @param from the id of the node of the push
	 * @param number its number there
	 */
	void deliver(String from, long number, OutboundMessage push, Predicate<Payloads> some) {
		WrittenPush written = new WrittenPush(push);
		for (Session session : this.sessions.values()) {
			if (some.test(session.payloads())) {
				this.host.pushes().deliver(from, number, session, written);
			}
		}
	}

	/**
	 * Returns the sessions that have moved from this node, which a node has not been
	 * notified of yet.
	 */
	Stream<Session> reportedTo(String node) {
		return this.sessions.values().stream().filter((session) -> this.host.pushes().passesOn(session.id(), node));
	}

	boolean isEmpty() {
		return this.sessions.isEmpty();
	}

	/** Returns the members that move, as a copy. */
	List<Session> all() {
		return List.copyOf(this.sessions.values());
	}

	/** A member leaves the group during its move. */
	void remove(long session) {
		this.sessions.remove(session);
	}

	/** Waits until the pushes that have begun are sent. */
	void awaitPushes() {
		this.lock.exclusive(() -> {
		});
	}

	/** Begins the move of a member. */
	void begin(Session session, Runnable change) {
		this.lock.exclusive(() -> {
			this.endWindow.run();
			this.sessions.put(session.id(), session);
			change.run();
		});
	}

	/** Ends the move of a member. */
	void end(long session, Runnable change) {
		this.lock.exclusive(() -> {
			if (this.sessions.containsKey(session)) {
				this.endWindow.run();
				this.sessions.remove(session);
				change.run();
			}
		});
	}

}
