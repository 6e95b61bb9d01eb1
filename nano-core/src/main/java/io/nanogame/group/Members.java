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
 * Sessions of one moment, such as the members of a group, sorted by the loops that carry
 * them, so that a broadcast hands each loop one task.
 */
public final class Members {

	private final List<Session> all;

	private final Map<ConnectionLoop, List<Session>> byLoop = new LinkedHashMap<>();

	public Members(Collection<Session> sessions) {
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

	/**
	 * Sends to all of them; encoded once a loop.
	 * @param message a push
	 * @throws io.nanogame.serialize.SerializationException when its value cannot be
	 * written
	 */
	public void send(OutboundMessage message) {
		send(message, (loop) -> true);
	}

	void send(OutboundMessage message, Predicate<ConnectionLoop> loops) {
		if (this.all.isEmpty()) {
			return;
		}
		// Fails here, not on the loops, when the value cannot be written.
		message.body();
		this.byLoop.forEach((loop, members) -> {
			if (loops.test(loop)) {
				loop.broadcast(message, members);
			}
		});
	}

}
