package io.nanogame.spring.room;

import java.time.Duration;
import java.util.Set;

import io.nanogame.lane.Timer;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How players and spectators leave a room, and the room closes when it is empty. Confined
 * to the lane of the room.
 */
final class Leaving {

	private static final Logger log = LoggerFactory.getLogger(Leaving.class);

	/**
	 * Why sessions end whose players return: their server is gone, or they have logged in
	 * again.
	 */
	private static final Set<String> RETURNING = Set.of(CloseReason.SESSION_LOST.code(), CloseReason.SHUTDOWN.code(),
			CloseReason.REPLACED.code());

	private final HostedRoom<?> room;

	private final RoomKind kind;

	private final Occupants occupants;

	private final RoomClients clients;

	private @Nullable Timer empty;

	Leaving(HostedRoom<?> room, Occupants occupants, RoomClients clients) {
		this.room = room;
		this.kind = room.kindOfRoom();
		this.occupants = occupants;
		this.clients = clients;
	}

	/** The game removes a session. Without effect if it is not in the room. */
	void remove(Session session, String message) {
		Seat seat = this.kind.seat(session);
		if (seat != null && seat.room == this.room) {
			leave(seat, LeaveReason.REMOVED, message);
		}
	}

	/** A player or spectator leaves. Without effect if it has left already. */
	void leave(Seat seat, LeaveReason reason, String message) {
		if (remove(seat)) {
			seat.left = reason;
			this.clients.notifyOfLeave(seat, reason, message);
			call(seat, reason);
			closeIfEmpty();
			this.clients.handled();
		}
	}

	/**
	 * The session of a seat has ended. If its player is about to return with another one,
	 * the seat waits for that.
	 */
	void sessionEnded(Seat seat) {
		Duration window = isKept(seat) ? this.room.host().settings().lostSeats() : Duration.ZERO;
		if (window.isZero()) {
			leave(seat, LeaveReason.DISCONNECTED, "");
		}
		else if (this.kind.seat(seat.session) == seat) {
			this.clients.remove(seat);
			this.room.onLane().after(window, () -> leave(seat, LeaveReason.DISCONNECTED, ""));
			this.room.changed();
		}
	}

	/** Ends the wait for the player of a session that has ended. */
	void leaveIfClosed(Seat seat) {
		if (!seat.session.isOpen()) {
			leave(seat, LeaveReason.DISCONNECTED, "");
		}
	}

	private static boolean isKept(Seat seat) {
		CloseReason reason = seat.session.closeReason();
		return seat.joined && !seat.spectator && seat.session.uid() != null && reason != null
				&& RETURNING.contains(reason.code());
	}

	private void call(Seat seat, LeaveReason reason) {
		RoomMethod leave = this.room.type().calls().leave();
		if (leave != null && seat.joined && (!seat.spectator || leave.hasAnnotation(ForSpectators.class))) {
			try {
				leave.call(this.room.object(), seat.session, reason);
			}
			catch (Throwable ex) {
				log.error("{} has failed", leave, ex);
			}
		}
	}

	/** The room has accepted a player who has left meanwhile. */
	void leftWhileJoining(Seat seat) {
		LeaveReason reason = seat.left;
		if (reason != null && !seat.joined) {
			seat.joined = true;
			call(seat, reason);
			this.clients.handled();
		}
	}

	/** The room has not accepted a player. */
	void abort(Seat seat) {
		if (remove(seat)) {
			closeIfEmpty();
		}
	}

	private boolean remove(Seat seat) {
		if (!detach(seat)) {
			return false;
		}
		this.kind.places().release(seat.key(), this.room);
		return true;
	}

	/**
	 * A session leaves, and its place stays that of its player.
	 * @return false if it has left already
	 */
	boolean detach(Seat seat) {
		if (!this.kind.remove(seat)) {
			return false;
		}
		this.occupants.remove(seat);
		this.room.host().left(seat);
		if (seat.joined) {
			this.clients.remove(seat);
		}
		return true;
	}

	/** Closes the room when it has been empty for its time. */
	void closeIfEmpty() {
		this.room.changed();
		if (!this.occupants.isEmpty() || this.room.isClosed()) {
			return;
		}
		Duration stays = this.room.type().limits().emptyFor();
		if (stays.isZero()) {
			this.room.close("empty");
			return;
		}
		if (this.empty != null) {
			this.empty.cancel();
		}
		this.empty = this.room.onLane().after(stays, () -> {
			if (this.occupants.isEmpty()) {
				this.room.close("empty");
			}
		});
	}

	/** The session of a seat was bound, or unbound. */
	void rename(Seat seat) {
		String before = seat.key();
		String now = Seat.key(seat.session);
		if (before.equals(now) || this.kind.seat(seat.session) != seat) {
			return;
		}
		if (this.kind.places().rename(before, now, this.room)) {
			seat.rename(now);
		}
		else {
			leave(seat, LeaveReason.REPLACED, "the player has a place in a room of this kind already");
		}
	}

	/** The sessions are in the same room on another node. */
	void moved() {
		for (Seat seat : this.occupants.all()) {
			this.kind.remove(seat);
			this.occupants.remove(seat);
			this.kind.places().release(seat.key(), this.room);
		}
	}

	/** Lets all leave. */
	void all(String message) {
		this.occupants.all().forEach((seat) -> leave(seat, LeaveReason.CLOSED, message));
	}

}
