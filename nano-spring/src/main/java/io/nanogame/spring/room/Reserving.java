package io.nanogame.spring.room;

import java.time.Duration;

import io.nanogame.route.RequestException;
import io.nanogame.service.ServiceException;
import io.nanogame.session.Session;
import io.nanogame.spring.room.Occupants.Reservation;
import io.nanogame.spring.room.RoomTransfer.SavedReservation;
import org.jspecify.annotations.Nullable;

/**
 * How places of a room are reserved. Confined to the lane of the room.
 */
final class Reserving {

	/**
	 * The code of the failure for a player who has a seat in another room of the kind.
	 */
	static final int SEATED = 423;

	private final HostedRoom<?> room;

	private final Places places;

	private final Occupants occupants;

	private final Leaving leaving;

	private volatile boolean suspended;

	Reserving(HostedRoom<?> room, Occupants occupants, Leaving leaving) {
		this.room = room;
		this.places = room.kindOfRoom().places();
		this.occupants = occupants;
		this.leaving = leaving;
	}

	/** Closes the room if no player has come when a first reservation would end. */
	void open() {
		this.room.onLane().after(this.room.type().limits().reservation(), this.leaving::closeIfEmpty);
	}

	/** The room moves to another node, where the next players reserve their places. */
	void suspend() {
		this.suspended = true;
	}

	/** The room stays on this node. */
	void resume() {
		this.suspended = false;
	}

	/** Returns whether places are reserved on another node. Any thread. */
	boolean isSuspended() {
		return this.suspended;
	}

	/**
	 * Reserves a place, or confirms that of the player.
	 * @param key the key of the player
	 * @param spectator whether it is a place among the spectators
	 * @return the room
	 * @throws ServiceException when there is no place
	 */
	RoomInfo reserve(String key, boolean spectator) {
		if (this.suspended) {
			throw new ServiceException(404, "the room is moving to another server");
		}
		if (this.room.isClosed()) {
			throw new ServiceException(410, "the room is closed");
		}
		Seat seat = this.occupants.find(key);
		boolean isSeated = seat != null;
		if (seat != null && seat.spectator && !spectator) {
			throw new ServiceException(SEATED, "the player is a spectator of the room");
		}
		if (!isSeated && !spectator && !this.occupants.hasReservedSeat(key)
				&& (this.room.listing().isLocked() || !this.occupants.hasFreeSeat())) {
			throw new ServiceException(409, this.room.listing().isLocked() ? "the room is locked" : "the room is full");
		}
		if (this.places.reserve(key, this.room) != this.room) {
			throw new ServiceException(SEATED, "the player has a seat in another room of the kind " + this.room.kind());
		}
		if (!isSeated) {
			reserve(key, spectator, this.room.type().limits().reservation());
		}
		this.room.changed();
		return this.room.listing().info();
	}

	private void reserve(String key, boolean spectator, Duration time) {
		long until = this.room.host().timers().nanoTime() + time.toNanos();
		this.occupants.reserve(key, spectator, until, this.room.onLane().after(time, () -> expired(key)));
	}

	/** A place was reserved on the former node of the room. */
	void restore(SavedReservation saved) {
		if (this.places.reserve(saved.key(), this.room) == this.room) {
			reserve(saved.key(), saved.spectator(), Duration.ofMillis(Math.max(1, saved.millisLeft())));
		}
	}

	/** The player reserves a place elsewhere, which it may not do with a seat. */
	void giveUp(String key) {
		if (this.occupants.find(key) != null) {
			throw new ServiceException(SEATED, "the player has a seat in another room of the kind " + this.room.kind());
		}
		expired(key);
	}

	private void expired(String key) {
		if (this.occupants.end(key) != null) {
			this.places.release(key, this.room);
			this.leaving.closeIfEmpty();
		}
	}

	/** The player has reserved a place in another room. */
	void abandoned(String key) {
		if (this.occupants.end(key) != null) {
			this.leaving.closeIfEmpty();
		}
	}

	/**
	 * Makes the reservation of a session a seat.
	 * @return the seat
	 * @throws RequestException when there is no reservation
	 */
	Seat take(Session session) {
		String key = Seat.key(session);
		Reservation reservation = this.occupants.end(key);
		if (reservation == null) {
			reservation = takeOfGuest(Seat.guest(session.id()), key);
		}
		if (reservation == null || this.room.isClosed() || !this.places.take(key, this.room)) {
			if (reservation != null) {
				this.leaving.closeIfEmpty();
			}
			throw new RequestException(409, "no seat is reserved in a room of the kind " + this.room.kind());
		}
		return new Seat(this.room, session, key, reservation.spectator());
	}

	/** The session was bound after the reservation. */
	private @Nullable Reservation takeOfGuest(String guest, String key) {
		Reservation reservation = this.occupants.end(guest);
		if (reservation != null && !key.equals(guest) && !this.places.rename(guest, key, this.room)) {
			this.places.release(guest, this.room);
			this.leaving.closeIfEmpty();
			throw new RequestException(409, "the player has a place in another room of the kind " + this.room.kind());
		}
		return reservation;
	}

	/**
	 * Returns whether a failure is that of a player with a seat in another room, who
	 * cannot join any.
	 */
	static boolean isSeated(@Nullable Throwable failure) {
		for (Throwable each = failure; each != null; each = each.getCause()) {
			if (each instanceof ServiceException known) {
				return known.code() == SEATED;
			}
		}
		return false;
	}

	/** Ends all reservations. */
	void close() {
		for (String key : this.occupants.reservedKeys()) {
			this.occupants.end(key);
			this.places.release(key, this.room);
		}
	}

}
