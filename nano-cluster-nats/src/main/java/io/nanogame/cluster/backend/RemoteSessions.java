package io.nanogame.cluster.backend;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The open sessions of other nodes, by their ids. Thread-safe.
 */
final class RemoteSessions {

	private final Map<Long, RemoteSession> byId = new ConcurrentHashMap<>();

	/** Closed sessions whose messages and other tasks are not completed. */
	private final Set<RemoteSession> ending = ConcurrentHashMap.newKeySet();

	@Nullable RemoteSession find(long id) {
		return this.byId.get(id);
	}

	/** Returns a session of a gateway, or null. */
	@Nullable RemoteSession find(long id, String gateway) {
		RemoteSession session = find(id);
		return (session != null && session.gateway().equals(gateway)) ? session : null;
	}

	/** Adds a session until it is closed. */
	void add(RemoteSession session) {
		this.byId.put(session.id(), session);
		session.onClose((closed) -> {
			this.ending.add(session);
			this.byId.remove(closed.id(), session);
		});
	}

	/** Removes a session that this node owns now. */
	@Nullable RemoteSession remove(long id) {
		RemoteSession removed = this.byId.remove(id);
		if (removed != null) {
			removed.leave();
		}
		return removed;
	}

	/** Returns a live view that is safe to iterate. */
	Collection<RemoteSession> all() {
		return this.byId.values();
	}

	/** Returns all sessions, and the closed ones with messages that are not completed. */
	Stream<RemoteSession> withEnding() {
		return Stream.concat(this.byId.values().stream(), this.ending.stream());
	}

	/** Removes the closed sessions whose messages are completed. */
	void removeEnded() {
		this.ending.removeIf(RemoteSession::isIdle);
	}

	/** Returns the closed sessions with an id whose tasks may not be done. */
	Stream<RemoteSession> ending(long id) {
		return this.ending.stream().filter((session) -> session.id() == id);
	}

	/** Returns the gateways of all sessions, as a copy. */
	Set<String> gateways() {
		Set<String> gateways = new HashSet<>();
		this.byId.values().forEach((session) -> gateways.add(session.gateway()));
		return gateways;
	}

	/** Returns the sessions of a gateway, as a copy. */
	List<RemoteSession> of(String gateway) {
		return this.byId.values().stream().filter((session) -> session.gateway().equals(gateway)).toList();
	}

}
