package io.nanogame.cluster.backend;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The open sessions of other nodes, by their ids. Thread-safe.
 */
final class RemoteSessions {

	private final Map<Long, RemoteSession> byId = new ConcurrentHashMap<>();

	@Nullable RemoteSession find(long id) {
		return this.byId.get(id);
	}

	/** Adds a session until it is closed. */
	void add(RemoteSession session) {
		this.byId.put(session.id(), session);
		session.handle().addCloseAction((closed) -> this.byId.remove(closed.id(), session));
	}

	/** Returns a live view that is safe to iterate. */
	Collection<RemoteSession> all() {
		return this.byId.values();
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
