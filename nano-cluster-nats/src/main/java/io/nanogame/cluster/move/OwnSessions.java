package io.nanogame.cluster.move;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;

/**
 * The sessions that this node owns: those that it has created and that have not moved
 * away, and those that have moved here. Thread-safe.
 */
public final class OwnSessions implements LongPredicate {

	private final LongPredicate created;

	/** Sessions of this node that another one owns, until they end. */
	private final Set<Long> away = ConcurrentHashMap.newKeySet();

	/** Sessions of other nodes that this one owns, until they end or move on. */
	private final Set<Long> here = ConcurrentHashMap.newKeySet();

	/** Whether a session has moved, so that most nodes need not look. */
	private volatile boolean moved;

	/**
	 * Creates a registry without moves.
	 * @param created recognises the sessions that this node has created, by their ids
	 */
	public OwnSessions(LongPredicate created) {
		this.created = created;
	}

	/**
	 * Returns whether this node owns a session.
	 * @param session the id of the session
	 * @return true if its client is connected to this node, or may resume it here
	 */
	@Override
	public boolean test(long session) {
		boolean isCreated = this.created.test(session);
		if (!this.moved) {
			return isCreated;
		}
		return isCreated ? !this.away.contains(session) : this.here.contains(session);
	}

	/**
	 * This node owns a session from now on.
	 * @param session the id of the session
	 */
	public void arrived(long session) {
		this.moved = true;
		if (this.created.test(session)) {
			this.away.remove(session);
		}
		else {
			this.here.add(session);
		}
	}

	/**
	 * Another node owns a session from now on.
	 * @param session the id of the session
	 */
	public void left(long session) {
		this.moved = true;
		if (this.created.test(session)) {
			this.away.add(session);
		}
		else {
			this.here.remove(session);
		}
	}

	/**
	 * A session has ended.
	 * @param session the id of the session
	 */
	public void ended(long session) {
		if (this.moved) {
			this.away.remove(session);
			this.here.remove(session);
		}
	}

}
