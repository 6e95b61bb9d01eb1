package io.nanogame.spring.match;

import java.time.Duration;
import java.util.List;

/**
 * A player, or a party of players, who waits in a {@link MatchQueue}. Confined to the
 * calls of its {@link MatchRule}.
 */
public interface Ticket {

	/**
	 * Returns the players who are matched together.
	 * @return their uids; the first one is the leader of the party, or the only player
	 */
	List<String> members();

	/** Returns how long the ticket has waited. */
	Duration waited();

	/**
	 * Returns what the game has stated about the ticket.
	 * @param type the type to read it as, which may be primitive
	 * @param <T> the type
	 * @return the properties; the same object for the same type
	 * @throws tools.jackson.core.JacksonException when they cannot be read as the type
	 */
	<T> T properties(Class<T> type);

}
