package io.nanogame.connection;

import io.netty.util.collection.LongObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that claims can find, by their ids. Needs a third of the memory of a
 * concurrent map, and is used only when a session begins, is claimed or ends.
 * Thread-safe.
 */
final class Resumptions {

	private static final float LOAD_FACTOR = 0.75f;

	/** Guarded by this. */
	private final LongObjectHashMap<Resumption> byId = new LongObjectHashMap<>(16, LOAD_FACTOR);

	synchronized void put(long session, Resumption resumption) {
		this.byId.put(session, resumption);
	}

	synchronized @Nullable Resumption get(long session) {
		return this.byId.get(session);
	}

	synchronized void remove(long session) {
		this.byId.remove(session);
	}

}
