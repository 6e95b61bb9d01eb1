package io.nanogame.spring.room;

import java.util.List;
import java.util.Objects;

/**
 * What moves from one node to another. It is sent as JSON.
 */
final class RoomTransfer {

	/** The answer of a seat without one. */
	static final byte[] NO_ANSWER = {};

	private RoomTransfer() {
	}

	/**
	 * A room that is about to move.
	 *
	 * @param room its id
	 * @param kind its kind
	 * @param epoch counts its moves, including this one and those that have failed
	 * @param from the id of its node
	 * @param options the options with which it was created, as JSON
	 */
	record Header(String room, String kind, long epoch, String from, String options) {
	}

	/**
	 * A room whose lane is held on its former node.
	 *
	 * @param saved what the game has saved, as JSON
	 * @param version the number of the last state that a client has received
	 * @param listing how it appears in lists
	 * @param seats the seats of players and spectators, in the order of their joining
	 * @param reservations the reserved places
	 */
	record Contents(String saved, long version, ListingContents listing, List<SavedSeat> seats,
			List<SavedReservation> reservations) {

		/** The mapper of the application may omit empty lists. */
		public Contents {
			seats = Objects.requireNonNullElse(seats, List.of());
			reservations = Objects.requireNonNullElse(reservations, List.of());
		}

	}

	/**
	 * How a room appears in lists.
	 *
	 * @param locked whether it accepts no new players
	 * @param hidden whether it is not listed
	 * @param metadata its metadata, as JSON
	 */
	record ListingContents(boolean locked, boolean hidden, String metadata) {
	}

	/**
	 * A seat.
	 *
	 * @param session the id of the session
	 * @param key the key of the player
	 * @param spectator whether it is the place of a spectator
	 * @param answer the answer of the room to the join, as the client has received it;
	 * empty without one
	 */
	record SavedSeat(long session, String key, boolean spectator, byte[] answer) {

		/** The mapper of the application may omit an empty answer. */
		public SavedSeat {
			answer = Objects.requireNonNullElse(answer, NO_ANSWER);
		}

	}

	/**
	 * A reserved place.
	 *
	 * @param key the key of the player
	 * @param spectator whether it is one of a spectator
	 * @param millisLeft the remaining time in milliseconds
	 */
	record SavedReservation(String key, boolean spectator, long millisLeft) {
	}

}
