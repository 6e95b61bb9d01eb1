package io.nanogame.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.WrittenPush;

/**
 * A snapshot of sessions, grouped by their event loops and payloads, so that a push
 * submits one task to each loop.
 */
public final class Members {

	private final Map<DeliveryKey, List<Session>> batches = new LinkedHashMap<>();

	public Members(Collection<Session> sessions) {
		for (Session session : sessions) {
			Session receiver = SessionHandle.of(session).session();
			List<Session> batch = this.batches.computeIfAbsent(DeliveryKey.of(receiver), (key) -> new ArrayList<>());
			// Objects of sessions that a client has left represent the one it continues.
			if (receiver == session || !sessions.contains(receiver) && !batch.contains(receiver)) {
				batch.add(receiver);
			}
		}
	}

	/**
	 * Sends a push to all of them. It is serialised once for each of their payloads, and
	 * encoded once for each loop, payloads and form.
	 * @param message a push
	 * @throws io.nanogame.serialize.SerializationException when its value cannot be
	 * written
	 */
	public void send(OutboundMessage message) {
		if (this.batches.isEmpty()) {
			return;
		}
		// Fails here, not on the loops, when the value cannot be written.
		WrittenPush push = new WrittenPush(message);
		this.batches.forEach((key, members) -> {
			OutboundMessage written = push.with(key.payloads());
			if (written != null) {
				key.loop().broadcast(written, members);
			}
		});
	}

}
