package io.nanogame.cluster.gateway;

import java.util.List;
import java.util.Objects;

import io.nanogame.cluster.frame.StateProperty;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;

/**
 * The sessions of this node that another gateway continues, and those of others that this
 * one does. Called on the loop of the session.
 */
public final class GatewayMoves {

	private final ForwardedSessions forwarded;

	GatewayMoves(ForwardedSessions forwarded) {
		this.forwarded = forwarded;
	}

	/**
	 * Another gateway continues a session.
	 * @param session a session that this node does not own any more
	 * @param to the id of the gateway
	 * @return its state and its routes
	 */
	public GatewayState leave(Session session, String to) {
		return this.forwarded.leave(session, to);
	}

	/**
	 * Continues a session of another gateway.
	 * @param session a session of this node
	 * @param state its state and its routes
	 * @param former the id of the gateway that has owned it
	 */
	public void restore(Session session, GatewayState state, String former) {
		own(session).restore(state.snapshot(), state.routes(), former);
	}

	/**
	 * Sends the changes that the game of this node made to the copy of a session, before
	 * this node owned it.
	 * @param session a session of this node
	 * @param changes the changes which the former owner has not applied
	 */
	public void repeat(Session session, List<StateProperty> changes) {
		ForwardedSession known = own(session);
		changes.forEach(known.copies()::publishEarlier);
		CloseReason closed = session.closeReason();
		if (closed != null) {
			known.closed(closed);
		}
	}

	private ForwardedSession own(Session session) {
		return Objects.requireNonNull(this.forwarded.of(session));
	}

}
