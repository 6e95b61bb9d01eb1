package io.nanogame.game;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.session.CloseReason;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.Introduction;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;

import org.springframework.stereotype.Component;

/** Records what happens to sessions, and refuses to resume them on demand. */
@Component
class Presence implements SessionListener {

	private final List<String> changes = new CopyOnWriteArrayList<>();

	volatile boolean refuses;

	@Override
	public void opened(Session session) {
		this.changes.add("opened");
	}

	@Override
	public void detached(Session session, CloseReason reason) {
		this.changes.add("detached");
	}

	@Override
	public void resuming(Session session, Introduction introduction) {
		if (this.refuses) {
			throw new HandshakeRefusedException("please update");
		}
	}

	@Override
	public void resumed(Session session) {
		this.changes.add("resumed");
	}

	@Override
	public void closed(Session session, CloseReason reason) {
		this.changes.add("closed");
	}

	/** Returns and forgets the changes. */
	List<String> take() {
		List<String> all = List.copyOf(this.changes);
		this.changes.clear();
		return all;
	}

}
