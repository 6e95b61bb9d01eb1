package io.nanogame.spring.room;

import io.nanogame.group.Group;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The feed of a state that all clients see, and that is written once for all.
 */
final class SharedState extends StateFeed {

	private final Group group;

	private final Object state;

	/** Written by the lane of the room, read by clients that have missed changes. */
	private volatile @Nullable StateCopy copy;

	SharedState(HostedRoom<?> room, Group group, Object state) {
		super(room);
		this.group = group;
		this.state = state;
	}

	@Override
	long version() {
		StateCopy now = this.copy;
		return (now != null) ? now.version() : first() - 1;
	}

	@Override
	void sendChanges() {
		StateCopy before = this.copy;
		ObjectNode now = tree(this.state);
		if (before == null) {
			this.copy = new StateCopy(first(), now);
			return;
		}
		StateCopy.Change change = before.to(now);
		if (change != null) {
			this.copy = change.copy();
			if (!this.group.isEmpty()) {
				LatestState push = new LatestState(write(change.push(this.room)), () -> writeWhole(this.copy));
				this.group.pushLatest(StateCopy.ROUTE, this.room.id(), push);
				push.sent();
			}
		}
	}

	@Override
	void add(Seat seat) {
		try {
			repeat(seat);
		}
		finally {
			// Also without a copy: with the first change, the client requests it.
			this.group.add(seat.session);
		}
	}

	/** The others receive the change that leads to the same version. */
	@Override
	void repeat(Seat seat) {
		sendChanges();
		StateCopy now = this.copy;
		if (now != null) {
			pushWhole(seat, now);
		}
	}

	@Override
	void remove(Seat seat) {
		this.group.leave(seat.session);
	}

	@Override
	void forget() {
		this.copy = null;
	}

	@Override
	void close() {
		this.group.close();
	}

}
