package io.nanogame.session;

import java.util.List;
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

	/** A copy, because the loop may read it later. */
	@Override
	public void broadcast(OutboundMessage message) {
		List<Session> present = List.copyOf(this.sessions);
		if (!present.isEmpty()) {
			this.loop.broadcast(message, present);
		}
	}

}
