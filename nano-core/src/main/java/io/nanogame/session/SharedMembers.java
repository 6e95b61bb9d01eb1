package io.nanogame.session;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Members of a loop that sends on the calling thread: a set that all threads share.
 */
public final class SharedMembers implements LoopMembers {

	private final ConnectionLoop loop;

	private final Set<Session> sessions = ConcurrentHashMap.newKeySet(1);

	/**
	 * No members yet.
	 * @param loop carries them
	 */
	public SharedMembers(ConnectionLoop loop) {
		this.loop = loop;
	}

	@Override
	public Runnable add(Session session) {
		this.sessions.add(session);
		return () -> this.sessions.remove(session);
	}

	/**
	 * A copy, because the loop may read it later; a set, because a session that leaves
	 * and comes again meanwhile is met twice.
	 */
	@Override
	public void broadcast(OutboundMessage message) {
		Set<Session> present = Set.copyOf(this.sessions);
		if (!present.isEmpty()) {
			this.loop.broadcast(message, present);
		}
	}

}
