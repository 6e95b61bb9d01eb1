package io.nanogame.spring.room;

import io.nanogame.spring.room.StateCopy.StatePush;

/**
 * The feed of a room without a state: its clients receive its id only.
 */
final class NoState extends StateFeed {

	NoState(HostedRoom<?> room) {
		super(room);
	}

	@Override
	long version() {
		return 0;
	}

	@Override
	void sendChanges() {
	}

	@Override
	void add(Seat seat) {
		repeat(seat);
	}

	@Override
	void repeat(Seat seat) {
		StatePush push = new StatePush(this.room.kind(), this.room.id(), 0, null, null);
		seat.session.push(StateCopy.ROUTE, this.room.host().messages().write(push, seat.session));
	}

	@Override
	void remove(Seat seat) {
	}

}
