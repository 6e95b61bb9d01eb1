package io.nanogame.connection;

import java.security.SecureRandom;

import io.netty.util.collection.LongObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that claims can find, by their ids. Needs a third of the memory of a
 * concurrent map, and is used only when a session begins, is claimed or ends.
 * Thread-safe.
 */
final class Resumptions {

	private static final float LOAD_FACTOR = 0.75f;

	/**
	 * Spreads the ids. They are consecutive, and the map searches whole runs of
	 * neighbours when it removes one. Random, because clients choose the ids that are
	 * looked up.
	 */
	private final long factor = new SecureRandom().nextLong() | 1;

	/** Guarded by this. */
	private final LongObjectHashMap<Resumption> byKey = new LongObjectHashMap<>(16, LOAD_FACTOR);

	private long key(long session) {
		return session * this.factor;
	}

	synchronized void put(long session, Resumption resumption) {
		this.byKey.put(key(session), resumption);
	}

	synchronized @Nullable Resumption get(long session) {
		return this.byKey.get(key(session));
	}

	/** Has no effect if the session has another state meanwhile. */
	synchronized void remove(long session, Resumption resumption) {
		if (this.byKey.get(key(session)) == resumption) {
			this.byKey.remove(key(session));
		}
	}

}
