package io.nanogame.cluster.group;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.nanogame.serialize.Payloads;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.WrittenPush;

/**
 * The members of one group that move to this node, or from it, and receive each push by
 * itself meanwhile. A push to the group is sent under the read lock, and a member begins
 * or ends its move under the write lock, so that it receives a push in one of both ways.
 * Thread-safe.
 */
final class MovingMembers {

	private final GroupHost host;

	private final Map<Long, Session> sessions = new ConcurrentHashMap<>(1);

	private final StampedLock lock = new StampedLock();

	MovingMembers(GroupHost host) {
		this.host = host;
	}

	/** Sends a push to the members that do not move, and then to those that do. */
	void send(Runnable toOthers, Runnable toMoving) {
		long stamp = this.lock.readLock();
		try {
			toOthers.run();
			if (!this.sessions.isEmpty()) {
				toMoving.run();
			}
		}
		finally {
			this.lock.unlockRead(stamp);
		}
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

	/** Begins the move of a member. */
	void begin(Session session, Runnable change) {
		change(() -> {
			this.sessions.put(session.id(), session);
			change.run();
		});
	}

	/** Ends the move of a member. */
	void end(long session, Runnable change) {
		change(() -> {
			if (this.sessions.remove(session) != null) {
				change.run();
			}
		});
	}

	private void change(Runnable change) {
		long stamp = this.lock.writeLock();
		try {
			change.run();
		}
		finally {
			this.lock.unlockWrite(stamp);
		}
	}

}
