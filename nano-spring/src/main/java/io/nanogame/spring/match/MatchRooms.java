package io.nanogame.spring.match;

import java.util.List;
import java.util.concurrent.CompletionStage;

import io.nanogame.spring.match.TicketDesk.Place;
import org.jspecify.annotations.Nullable;

/**
 * Creates the rooms of matches.
 */
@FunctionalInterface
interface MatchRooms {

	/**
	 * Creates a room, and reserves its seats.
	 * @param kind the kind
	 * @param options its options, or null
	 * @param uids the players
	 * @return the room
	 */
	CompletionStage<Place> open(String kind, @Nullable Object options, List<String> uids);

}
