package io.nanogame.game;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.observe.ServerEvents;
import io.nanogame.session.Session;

import org.springframework.stereotype.Component;

/** Records the sessions that have opened. */
@Component
class Visits implements ServerEvents {

	private final Set<Long> ids = ConcurrentHashMap.newKeySet();

	@Override
	public void sessionOpened(Session session) {
		this.ids.add(session.id());
	}

	Set<Long> ids() {
		return this.ids;
	}

}
