package io.nanogame.spring.room;

import java.util.function.Function;

import io.nanogame.group.Group;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The feed of a state that all clients see, and that is written once for the clients that
 * receive changes, and once for those that receive whole states.
 */
final class SharedState extends StateFeed {

	private final Function<String, Group> groups;

	private final Group group;

	private final Object state;

	private final WholeStates wholes;

	/** The clients that receive no changes; null before the first one. */
	private @Nullable Group wholeGroup;

	/** Written by the lane of the room, read by clients that have missed changes. */
	private volatile @Nullable StateCopy copy;

	/**
	 * Creates a feed.
	 * @param room the room
	 * @param groups returns the groups of its clients
	 * @param state the state
	 */
	SharedState(HostedRoom<?> room, Function<String, Group> groups, Object state) {
		super(room);
		this.groups = groups;
		this.group = groups.apply("/state");
		this.state = state;
		this.wholes = new WholeStates(room, this::sendWhole);
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
		StateCopy.Change change = (before != null) ? before.to(now) : null;
		if (before == null) {
			this.copy = new StateCopy(first(), now);
		}
		else if (change != null) {
			this.copy = change.copy();
			if (!this.group.isEmpty()) {
				LatestState push = new LatestState(write(change.push(this.room)), () -> writeWhole(this.copy));
				this.group.pushLatest(StateCopy.ROUTE, this.room.id(), push);
				push.sent();
			}
		}
		if (this.copy != before && this.wholeGroup != null && !this.wholeGroup.isEmpty()) {
			this.wholes.changed();
		}
	}

	private void sendWhole() {
		Group clients = this.wholeGroup;
		if (clients != null && !clients.isEmpty()) {
			clients.pushLatest(StateCopy.ROUTE, this.room.id(), () -> {
				StateCopy now = this.copy;
				return (now != null) ? now.protobuf(this.room) : null;
			});
		}
	}

	@Override
	void add(Seat seat) {
		try {
			repeat(seat);
		}
		finally {
			// Also without a copy: with the first change, the client requests it.
			group(seat).add(seat.session);
		}
	}

	private Group group(Seat seat) {
		if (!seat.protobuf) {
			return this.group;
		}
		if (this.wholeGroup == null) {
			this.wholeGroup = this.groups.apply("/whole-state");
		}
		return this.wholeGroup;
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
	void finish(Seat seat) {
		StateCopy now = this.copy;
		if (seat.protobuf && this.wholes.isPending() && now != null && now != seat.sent) {
			pushWhole(seat, now);
		}
	}

	@Override
	void remove(Seat seat) {
		group(seat).leave(seat.session);
	}

	@Override
	void forget() {
		this.copy = null;
	}

	@Override
	void close() {
		this.group.close();
		if (this.wholeGroup != null) {
			this.wholeGroup.close();
		}
	}

}
