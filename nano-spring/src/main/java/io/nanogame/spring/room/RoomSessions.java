package io.nanogame.spring.room;

import java.util.function.Consumer;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;

/**
 * Notifies rooms of what happens to the sessions of their players.
 */
public final class RoomSessions implements SessionListener {

	private final RoomKinds kinds;

	/**
	 * Creates the listener.
	 * @param kinds the kinds of this node
	 */
	public RoomSessions(RoomKinds kinds) {
		this.kinds = kinds;
	}

	@Override
	public void bound(Session session) {
		seats(session, (seat) -> seat.room.leaving().rename(seat));
	}

	@Override
	public void unbound(Session session, String uid) {
		seats(session, (seat) -> seat.room.leaving().rename(seat));
	}

	@Override
	public void detached(Session session, CloseReason reason) {
		seats(session, (seat) -> seat.room.clients().pause(seat));
	}

	@Override
	public void resumed(Session session) {
		seats(session, (seat) -> seat.room.clients().resume(seat));
	}

	private void seats(Session session, Consumer<Seat> action) {
		for (RoomKind kind : this.kinds.components()) {
			Seat seat = kind.seat(session);
			if (seat != null) {
				seat.room.onLane().run(() -> action.accept(seat));
			}
		}
	}

}
