package io.nanogame.spring.room;

/**
 * Receives what rooms do, for meters. Called on the lanes of rooms; must not block.
 * Thread-safe.
 */
public interface RoomObserver {

	/** Ignores everything. */
	RoomObserver NONE = new RoomObserver() {
	};

	/**
	 * A room has ticked.
	 * @param kind its kind
	 * @param nanos how long that took, with sending the changes of the state
	 * @param skipped the number of ticks that were skipped before
	 * @param late whether it began more than half an interval late
	 */
	default void ticked(String kind, long nanos, long skipped, boolean late) {
	}

	/**
	 * A state or its change was written for one or more clients.
	 * @param kind the kind of the room
	 * @param whole whether it is a whole state
	 * @param bytes the size of the payload
	 */
	default void stateSent(String kind, boolean whole, int bytes) {
	}

}
