package io.nanogame.session;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The members on a loop that sends on the calling thread: a set that threads share.
 */
public final class SharedMembers implements LoopMembers {

	private final ConnectionLoop loop;

	private final Set<Session> sessions = ConcurrentHashMap.newKeySet(1);

	/**
	 * Creates members of a loop.
	 * @param loop the loop
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
	 * Copies the members, because the loop may read them later; to a set, because the
	 * iteration returns a session twice that leaves and joins meanwhile.
	 */
	@Override
	public void broadcast(OutboundMessage message) {
		Set<Session> members = Set.copyOf(this.sessions);
		if (!members.isEmpty()) {
			this.loop.broadcast(message, members);
		}
	}

}
