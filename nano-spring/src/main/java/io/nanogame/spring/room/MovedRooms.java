package io.nanogame.spring.room;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The nodes of rooms that are not on the node that has created them, as far as this node
 * has noticed. The rooms that were used last are kept. Thread-safe.
 */
final class MovedRooms {

	private static final int MAX = 10_000;

	private final Map<String, String> nodes = new LinkedHashMap<>(16, 0.75F, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
			return size() > MAX;
		}

	};

	/** Returns the id of the node on which a room was last, or null. */
	synchronized @Nullable String node(String room) {
		return this.nodes.get(room);
	}

	synchronized void put(String room, String node) {
		this.nodes.put(room, node);
	}

	synchronized void remove(String room) {
		this.nodes.remove(room);
	}

}
