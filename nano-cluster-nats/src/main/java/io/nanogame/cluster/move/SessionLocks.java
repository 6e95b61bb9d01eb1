package io.nanogame.cluster.move;

import java.util.List;
import java.util.stream.Stream;

/**
 * Locks of sessions, under which a push is passed to the client or to the next gateway,
 * so that a session does not leave in between. A few sessions share a lock, which is held
 * for one push. Thread-safe.
 */
final class SessionLocks {

	private static final int COUNT = 256;

	private final List<PushLock> locks = Stream.generate(PushLock::new).limit(COUNT).toList();

	/** Returns the lock of a session: always the same object. */
	PushLock of(long session) {
		return this.locks.get(Math.floorMod(Long.hashCode(session), COUNT));
	}

}
