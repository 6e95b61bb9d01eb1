package io.nanogame.spring.room;

import io.nanogame.spring.room.StateCopy.StatePush;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends the state of a room to its clients: the whole state to those without a copy, and
 * changes to the others. Confined to the lane of the room.
 */
abstract class StateFeed {

	private static final Logger log = LoggerFactory.getLogger(StateFeed.class);

	final HostedRoom<?> room;

	private boolean failed;

	/** The number of the first state of a client. */
	private long first = 1;

	StateFeed(HostedRoom<?> room) {
		this.room = room;
	}

	/** Sends what has changed. A state that cannot be written is logged once. */
	void sync() {
		try {
			sendChanges();
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	void failed(Throwable failure) {
		if (!this.failed) {
			this.failed = true;
			log.error("The state of {} cannot be sent; further failures are not logged", this.room, failure);
		}
	}

	/** The room has moved to this node, and clients have received states already. */
	void continueAfter(long version) {
		this.first = version + 1;
	}

	/** Returns the number of the last state that a client has received; 0 if none has. */
	abstract long version();

	long first() {
		return this.first;
	}

	abstract void sendChanges() throws Throwable;

	/** Sends the whole state, and later changes. */
	abstract void add(Seat seat) throws Throwable;

	/** Sends the whole state to a client that already receives the changes. */
	abstract void repeat(Seat seat) throws Throwable;

	/**
	 * Sends the state to a client that is about to leave, if it is to receive it later.
	 */
	void finish(Seat seat) {
	}

	/** Sends no further changes. */
	abstract void remove(Seat seat);

	/** Sends no whole state to clients that have missed changes: the next node does. */
	void forget() {
	}

	/** The room is closed. */
	void close() {
	}

	/** Returns a state or a view as it is now. */
	ObjectNode tree(Object state) {
		return this.room.host().states().tree(state);
	}

	/** Writes a push as JSON once, for all of its receivers. */
	byte[] write(StatePush push) {
		byte[] bytes = this.room.host().messages().json().write(push);
		this.room.host().observer().stateSent(this.room.kind(), push.patch() == null, bytes.length);
		return bytes;
	}

	void pushWhole(Seat seat, StateCopy copy) {
		seat.wholeSent(this.room.host().timers().nanoTime());
		seat.sent = copy;
		seat.session.push(StateCopy.ROUTE, seat.protobuf ? copy.protobuf(this.room) : write(copy.whole(this.room)));
	}

	/**
	 * Writes the newest copy, for a client that has missed changes; null if it has left.
	 * Any thread.
	 */
	byte @Nullable [] writeWhole(@Nullable StateCopy newest) {
		return (newest != null) ? write(newest.whole(this.room)) : null;
	}

}
