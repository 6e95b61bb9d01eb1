package io.nanogame.cluster.gateway;

import java.util.List;

import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
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
	 * @param session a session of this node
	 * @param to the id of the gateway
	 * @return its state and its routes
	 */
	public GatewayState leave(Session session, String to) {
		SessionSnapshot snapshot = this.forwarded.of(session).copies().leave(to);
		return new GatewayState(snapshot, this.forwarded.leave(session));
	}

	/**
	 * Continues a session of another gateway.
	 * @param session a session of this node
	 * @param state its state and its routes
	 * @param former the id of the gateway that has owned it
	 */
	public void restore(Session session, GatewayState state, String former) {
		this.forwarded.of(session).restore(state.snapshot(), state.routes(), former);
	}

	/**
	 * Sends the changes that the game of this node made to the copy of a session, before
	 * this node owned it.
	 * @param session a session of this node
	 * @param changes the changes which the former owner has not applied
	 */
	public void repeat(Session session, List<StateProperty> changes) {
		ForwardedSession known = this.forwarded.of(session);
		changes.forEach(known.copies()::publishEarlier);
		CloseReason closed = session.closeReason();
		if (closed != null) {
			known.closed(closed);
		}
	}

}
