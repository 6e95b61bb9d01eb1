package io.nanogame.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.WrittenPush;

/**
 * A snapshot of sessions, grouped by their event loops and payloads, so that a push
 * submits one task to each loop.
 */
public final class Members {

	private final Map<Seating, List<Session>> seated = new LinkedHashMap<>();

	public Members(Collection<Session> sessions) {
		for (Session session : sessions) {
			this.seated.computeIfAbsent(Seating.of(session), (seating) -> new ArrayList<>()).add(session);
		}
	}

	/**
	 * Sends a push to all of them. It is written once for each of their serializers and
	 * encoded once for each loop.
	 * @param message a push
	 * @throws io.nanogame.serialize.SerializationException when its value cannot be
	 * written
	 */
	public void send(OutboundMessage message) {
		if (this.seated.isEmpty()) {
			return;
		}
		// Fails here, not on the loops, when the value cannot be written.
		WrittenPush push = new WrittenPush(message);
		this.seated.forEach((seating, members) -> {
			OutboundMessage written = push.with(seating.payloads());
			if (written != null) {
				seating.loop().broadcast(written, members);
			}
		});
	}

}
