package io.nanogame.spring.match;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;

/**
 * Notifies the matchmaker of the ends of sessions and logins.
 */
public final class MatchSessions implements SessionListener {

	private final GameMatches matches;

	/**
	 * Creates the listener.
	 * @param matches the matchmaker of this server
	 */
	public MatchSessions(GameMatches matches) {
		this.matches = matches;
	}

	@Override
	public void unbound(Session session, String uid) {
		this.matches.unbound(session, uid);
	}

	@Override
	public void closed(Session session, CloseReason reason) {
		this.matches.closed(session);
	}

}
