package io.nanogame.cluster.backend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of other nodes that the game of this node has closed, until their gateways
 * have confirmed it. The report to the gateway may be lost, so it is repeated when the
 * two nodes compare their state, and when the gateway still sends frames of the session.
 * Gateways that are gone may return, so their sessions stay, until there are too many.
 * Thread-safe.
 */
final class EndedSessions {

	/** The oldest ones above this number are no longer repeated. */
	static final int MAX = 10_000;

	/** In the order in which they were closed. Guarded by itself. */
	private final Map<Long, Ended> byId = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Long, Ended> eldest) {
			return size() > MAX;
		}

	};

	/**
	 * Adds a session before its end is reported.
	 * @param moves how often it has moved to another gateway
	 */
	void add(String gateway, long moves, SessionClosed report) {
		synchronized (this.byId) {
			this.byId.put(report.session(), new Ended(gateway, moves, report));
		}
	}

	/** Returns the report of a session's end, or null if there is none to repeat. */
	@Nullable SessionClosed find(long session) {
		synchronized (this.byId) {
			Ended ended = this.byId.get(session);
			return (ended != null) ? ended.report() : null;
		}
	}

	/** Returns the reports for a gateway, as a copy. */
	List<SessionClosed> of(String gateway) {
		synchronized (this.byId) {
			return this.byId.values()
				.stream()
				.filter((ended) -> ended.gateway().equals(gateway))
				.map(Ended::report)
				.toList();
		}
	}

	/** Returns the gateways that have not confirmed all ends, as a copy. */
	Set<String> gateways() {
		synchronized (this.byId) {
			return this.byId.values().stream().map(Ended::gateway).collect(Collectors.toSet());
		}
	}

	/**
	 * A session has moved to another gateway. Returns the report of its end for that one,
	 * or null.
	 */
	@Nullable SessionClosed moved(long session, long moves, String to) {
		synchronized (this.byId) {
			Ended ended = this.byId.computeIfPresent(session,
					(id, before) -> (moves > before.moves()) ? new Ended(to, moves, before.report()) : before);
			return (ended != null && ended.gateway().equals(to)) ? ended.report() : null;
		}
	}

	/** The gateway has closed the session, or does not have it. */
	void confirm(String gateway, long session) {
		synchronized (this.byId) {
			Ended ended = this.byId.get(session);
			if (ended != null && ended.gateway().equals(gateway)) {
				this.byId.remove(session);
			}
		}
	}

	/**
	 * A session without a confirmation.
	 *
	 * @param gateway the node that owned it
	 * @param moves how often it has moved
	 * @param report the report of its end
	 */
	private record Ended(String gateway, long moves, SessionClosed report) {
	}

}
