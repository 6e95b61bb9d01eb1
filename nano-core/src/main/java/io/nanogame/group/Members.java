package io.nanogame.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;

/**
 * A snapshot of sessions, grouped by their event loops, so that a push submits one task
 * to each loop.
 */
public final class Members {

	private final Map<ConnectionLoop, List<Session>> byLoop = new LinkedHashMap<>();

	public Members(Collection<Session> sessions) {
		for (Session session : sessions) {
			this.byLoop.computeIfAbsent(session.connection().loop(), (loop) -> new ArrayList<>()).add(session);
		}
	}

	/**
	 * Sends a push to all of them. It is encoded once for each loop.
	 * @param message a push
	 * @throws io.nanogame.serialize.SerializationException when its value cannot be
	 * written
	 */
	public void send(OutboundMessage message) {
		if (this.byLoop.isEmpty()) {
			return;
		}
		// Fails here, not on the loops, when the value cannot be written.
		message.body();
		this.byLoop.forEach((loop, members) -> loop.broadcast(message, members));
	}

}
