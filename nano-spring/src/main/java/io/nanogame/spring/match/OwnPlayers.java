package io.nanogame.spring.match;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.nanogame.spring.match.TicketDesk.Place;
import io.nanogame.spring.room.ClientMessage;
import org.jspecify.annotations.Nullable;

/**
 * The players whose clients are connected to this node. Thread-safe.
 */
interface OwnPlayers {

	/**
	 * Calls an action with a player, who cannot move to another node meanwhile.
	 * @param uid the player
	 * @param session the id of its session; 0 for any. If the player has several
	 * sessions, the one with a state is preferred
	 * @param action the action, which must not block
	 * @return the result of the action; null if the player is not here
	 */
	<T> @Nullable T with(String uid, long session, Function<OwnPlayer, T> action);

	/**
	 * A player who is here.
	 */
	interface OwnPlayer {

		String uid();

		/**
		 * Returns the state that moves with the player.
		 * @return what was set last; empty before
		 */
		String state();

		void state(String state);

		/** Pushes to the client, after the action. */
		void push(String route, ClientMessage message);

		/** Returns whether the player may have a place in a room of a kind. */
		boolean mayBeIn(String kind);

		/**
		 * Gives up the reservation of the player in a room of a kind.
		 * @return false if the player has a seat
		 */
		CompletionStage<Boolean> giveUp(String kind);

		/**
		 * Routes the player to a room in which its seat is reserved.
		 * @return false if the room is gone
		 */
		boolean enter(Place place);

	}

}
