package io.nanogame.spring.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.nanogame.lane.Timer;
import io.nanogame.session.Session;
import io.nanogame.spring.room.RoomTransfer.SavedReservation;
import org.jspecify.annotations.Nullable;

/**
 * The players and spectators of a room, and those who have reserved a place. Confined to
 * the lane of the room.
 */
final class Occupants {

	private final int seats;

	private final List<Seat> players = new ArrayList<>();

	private final List<Seat> spectators = new ArrayList<>();

	private final Map<String, Reservation> reservations = new HashMap<>();

	Occupants(int seats) {
		this.seats = seats;
	}

	void add(Seat seat) {
		(seat.spectator ? this.spectators : this.players).add(seat);
	}

	void remove(Seat seat) {
		(seat.spectator ? this.spectators : this.players).remove(seat);
	}

	/** Returns the seats of all players and spectators who have joined. */
	List<Seat> joined() {
		List<Seat> joined = new ArrayList<>(this.players.size() + this.spectators.size());
		this.players.stream().filter((seat) -> seat.joined).forEach(joined::add);
		this.spectators.stream().filter((seat) -> seat.joined).forEach(joined::add);
		return joined;
	}

	/** Returns all seats, also of those who are just joining. */
	List<Seat> all() {
		List<Seat> all = new ArrayList<>(this.players);
		all.addAll(this.spectators);
		return all;
	}

	List<Session> players() {
		return this.players.stream().map((seat) -> seat.session).toList();
	}

	List<Session> spectators() {
		return this.spectators.stream().map((seat) -> seat.session).toList();
	}

	/** Returns the seat of a player or spectator by its key, or null. */
	@Nullable Seat find(String key) {
		for (Seat seat : all()) {
			if (seat.key().equals(key)) {
				return seat;
			}
		}
		return null;
	}

	boolean hasFreeSeat() {
		return this.players.size() + reserved() < this.seats;
	}

	boolean isEmpty() {
		return this.players.isEmpty() && this.spectators.isEmpty() && this.reservations.isEmpty();
	}

	Seats count() {
		long detached = this.players.stream().filter((seat) -> !seat.session.isConnected()).count();
		return new Seats(this.seats, this.players.size(), reserved(), (int) detached);
	}

	int spectatorCount() {
		return this.spectators.size();
	}

	private int reserved() {
		return (int) this.reservations.values().stream().filter((reservation) -> !reservation.spectator()).count();
	}

	// Reservations

	/**
	 * Adds or extends a reservation.
	 * @param untilNanos when it ends
	 * @param end ends it then
	 */
	void reserve(String key, boolean spectator, long untilNanos, Timer end) {
		Reservation former = this.reservations.put(key, new Reservation(spectator, untilNanos, end));
		if (former != null) {
			former.end().cancel();
		}
	}

	/** Ends a reservation. Returns it, or null if there is none. */
	@Nullable Reservation end(String key) {
		Reservation ended = this.reservations.remove(key);
		if (ended != null) {
			ended.end().cancel();
		}
		return ended;
	}

	/** Returns the keys of all reservations. */
	List<String> reservedKeys() {
		return List.copyOf(this.reservations.keySet());
	}

	/** Returns all reservations, for the node to which the room moves. */
	List<SavedReservation> savedReservations(long nowNanos) {
		return this.reservations.entrySet()
			.stream()
			.map((reservation) -> new SavedReservation(reservation.getKey(), reservation.getValue().spectator(),
					TimeUnit.NANOSECONDS.toMillis(reservation.getValue().untilNanos() - nowNanos)))
			.toList();
	}

	/** Returns whether a player, not a spectator, has reserved a place. */
	boolean hasReservedSeat(String key) {
		Reservation reservation = this.reservations.get(key);
		return reservation != null && !reservation.spectator();
	}

	/**
	 * A reserved place.
	 *
	 * @param spectator whether it is one of a spectator
	 * @param untilNanos when it ends
	 * @param end the timer that ends it
	 */
	record Reservation(boolean spectator, long untilNanos, Timer end) {
	}

}
