package io.nanogame.cluster.peer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The versions of messages that this node and others support. Thread-safe.
 */
public final class CommonVersions {

	private final Versions own;

	/** The newest common version with other nodes, by their ids. */
	private final Map<String, Integer> common = new ConcurrentHashMap<>();

	private volatile int lowest;

	CommonVersions(Versions own) {
		this.own = own;
		this.lowest = own.oldest();
	}

	/**
	 * Returns the versions that this node supports.
	 * @return always the same
	 */
	public Versions own() {
		return this.own;
	}

	/** Adds or replaces a node. */
	void put(String id, Versions supported) {
		int version = Math.min(this.own.newest(), supported.newest());
		@Nullable Integer before = this.common.put(id, version);
		if (before == null || before != version) {
			update();
		}
	}

	void remove(String id) {
		if (this.common.remove(id) != null) {
			update();
		}
	}

	private void update() {
		this.lowest = this.common.values().stream().mapToInt(Integer::intValue).min().orElse(this.own.oldest());
	}

	/**
	 * Returns the newest version that a node and this one have in common.
	 * @param id the id of the node
	 * @return the oldest one of this node until the versions of the other are known
	 */
	public int with(String id) {
		return this.common.getOrDefault(id, this.own.oldest());
	}

	/** Returns the version that all known nodes read. */
	int withAll() {
		return this.lowest;
	}

	/**
	 * Returns whether this node and all others that are up support a version.
	 * @param version the version
	 * @return true also if no other node is up
	 */
	public boolean areAllAtLeast(int version) {
		return this.own.newest() >= version && this.common.values().stream().allMatch((each) -> each >= version);
	}

}
