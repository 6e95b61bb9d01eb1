package io.nanogame.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;

/**
 * The members of a group at one moment, sorted by the loops that carry them, so that a
 * broadcast hands each loop one task.
 */
final class Members {

	private final List<Session> all;

	private final Map<ConnectionLoop, List<Session>> byLoop = new LinkedHashMap<>();

	Members(Collection<Session> sessions) {
		this.all = List.copyOf(sessions);
		for (Session session : this.all) {
			this.byLoop.computeIfAbsent(session.connection().loop(), (loop) -> new ArrayList<>()).add(session);
		}
	}

	List<Session> all() {
		return this.all;
	}

	Members matching(Predicate<Session> predicate) {
		return new Members(this.all.stream().filter(predicate).toList());
	}

	void send(OutboundMessage message) {
		if (this.all.isEmpty()) {
			return;
		}
		// Fails here, not on the loops, when the value cannot be written.
		message.body();
		this.byLoop.forEach((loop, members) -> loop.broadcast(message, members));
	}

}
