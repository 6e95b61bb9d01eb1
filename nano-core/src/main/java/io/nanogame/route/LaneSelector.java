package io.nanogame.route;

import io.nanogame.lane.Lane;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Selects the lane on which a message is handled.
 */
@FunctionalInterface
public interface LaneSelector {

	/**
	 * Selects the lane of the next message of a session. Any thread, also an event loop;
	 * must not block.
	 * @param session the session
	 * @return the lane; null for that of the session, or for none
	 */
	@Nullable Lane select(Session session);

	/**
	 * Returns the name of the lane that handles the messages of all sessions.
	 * @return null if there are several lanes
	 */
	default @Nullable String name() {
		return null;
	}

	/**
	 * Returns a selector that always selects one lane.
	 * @param lane the lane
	 * @return a selector with its name
	 */
	static LaneSelector of(Lane lane) {
		return new Always(lane);
	}

	/**
	 * Selects the same lane for all sessions.
	 *
	 * @param lane the lane
	 */
	record Always(Lane lane) implements LaneSelector {

		@Override
		public Lane select(Session session) {
			return this.lane;
		}

		@Override
		public String name() {
			return this.lane.name();
		}

	}

}
