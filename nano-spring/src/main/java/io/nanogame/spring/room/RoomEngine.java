package io.nanogame.spring.room;

import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;

/**
 * What the rooms of a node have in common. Thread-safe.
 */
interface RoomEngine {

	Lanes lanes();

	Timers timers();

	Groups groups();

	StateMapper states();

	RoomObserver observer();

	/** Writes the payload of a push as JSON. */
	byte[] write(Object payload);

	/** Creates the bean of a room, on its lane. */
	Object create(HostedRoom<?> room);

	/** A room was closed. */
	void closed(HostedRoom<?> room);

	/** A player or spectator has left a room. */
	void left(Seat seat);

}
