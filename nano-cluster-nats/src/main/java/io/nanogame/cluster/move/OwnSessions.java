package io.nanogame.cluster.move;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;

/**
 * The sessions that this node owns: those that it has created and that have not moved
 * away, and those that have moved here. Thread-safe.
 */
public final class OwnSessions implements LongPredicate {

	private static final Duration MEMORY = Duration.ofMinutes(5);

	private final LongPredicate created;

	/** Sessions of this node that another one owns, until they end. */
	private final Set<Long> away = ConcurrentHashMap.newKeySet();

	/** Sessions of other nodes that this one owns, until they end or move on. */
	private final Set<Long> here = ConcurrentHashMap.newKeySet();

	/** When sessions that have moved have ended. */
	private final Map<Long, Long> ended = new ConcurrentHashMap<>();

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
	 * A session has ended. Its owner is remembered for a while, because frames about it
	 * may be on their way.
	 * @param session the id of the session
	 * @param nowNanos the time of this node
	 */
	public void ended(long session, long nowNanos) {
		if (this.moved && (this.away.contains(session) || this.here.contains(session))) {
			this.ended.put(session, nowNanos);
		}
	}

	/**
	 * Forgets the sessions that have ended long ago.
	 * @param nowNanos the time of this node
	 */
	public void removeOld(long nowNanos) {
		this.ended.forEach((session, since) -> {
			if (nowNanos - since > MEMORY.toNanos()) {
				this.ended.remove(session);
				this.away.remove(session);
				this.here.remove(session);
			}
		});
	}

}
