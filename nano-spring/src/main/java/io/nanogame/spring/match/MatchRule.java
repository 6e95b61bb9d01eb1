package io.nanogame.spring.match;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Decides who plays with whom in a {@link MatchQueue}. Called on the lane of the queue,
 * one call at a time, thousands of times a second; must not block.
 */
public interface MatchRule {

	/**
	 * Returns whether two tickets may be in one match. Called for each pair of a match,
	 * again and again while they wait, so the decision may depend on the time.
	 * @param ticket the one of both that has waited longer
	 * @param other the other one
	 * @return whether they fit; a ticket for which this throws an exception is not
	 * matched any more, and times out
	 */
	boolean fits(Ticket ticket, Ticket other);

	/**
	 * Returns the options of the room of a match.
	 * @param match its tickets, the one that has waited longest first
	 * @return the options, as for {@link io.nanogame.spring.room.Rooms#create}; null for
	 * none
	 */
	default @Nullable Object options(List<Ticket> match) {
		return null;
	}

}
