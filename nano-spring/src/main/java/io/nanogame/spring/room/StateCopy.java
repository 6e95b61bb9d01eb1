package io.nanogame.spring.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A version of a state, as clients have it.
 *
 * @param version counts the changes; the version of the first copy is 1
 * @param tree the state; never changed
 */
record StateCopy(long version, ObjectNode tree) {

	/** The route of pushes with states and their changes. */
	static final String ROUTE = "room.state";

	/**
	 * Returns the copy of a changed state.
	 * @param next the state as it is now
	 * @return this copy if nothing has changed, else the next version
	 */
	StateCopy next(ObjectNode next) {
		return next.equals(this.tree) ? this : new StateCopy(this.version + 1, next);
	}

	/** Returns the push to a client without a copy. */
	StatePush whole(HostedRoom<?> room) {
		return new StatePush(room.kind(), room.id(), this.version, this.tree, null);
	}

	/** Returns the push to clients that have the previous version. */
	StatePush changeOf(StateCopy previous, HostedRoom<?> room) {
		return new StatePush(room.kind(), room.id(), this.version, null, MergePatch.between(previous.tree, this.tree));
	}

	/**
	 * The payload of a push: the whole state, or the change since the version before.
	 *
	 * @param kind the kind of the room
	 * @param room its id
	 * @param version the version of the state
	 * @param state the whole state, or null
	 * @param patch the change, or null
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record StatePush(String kind, String room, long version, @Nullable ObjectNode state, @Nullable ObjectNode patch) {
	}

}
