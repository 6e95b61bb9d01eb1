package io.nanogame.spring.room;

import java.util.IdentityHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The feed of a room in which each client has a view of its own. Clients that see the
 * same object have the same copy, so that it is compared and written once.
 */
final class PlayerViews extends StateFeed {

	private final RoomMethod view;

	private final WholeStates wholes;

	PlayerViews(HostedRoom<?> room, RoomMethod view) {
		super(room);
		this.view = view;
		this.wholes = new WholeStates(room, this::sendWholes);
	}

	@Override
	long version() {
		long last = first() - 1;
		for (Seat seat : this.room.occupants().joined()) {
			StateCopy copy = seat.copy;
			last = Math.max(last, (copy != null) ? copy.version() : 0);
		}
		return last;
	}

	@Override
	void sendChanges() {
		Map<StateCopy, Map<Object, Next>> round = new IdentityHashMap<>();
		boolean hasWholes = false;
		for (Seat seat : this.room.occupants().joined()) {
			StateCopy before = seat.copy;
			if (before != null) {
				try {
					sendChange(seat, before, round.computeIfAbsent(before, (same) -> new IdentityHashMap<>()));
				}
				catch (Throwable ex) {
					seat.seen = null;
					failed(ex); // the others receive theirs
				}
				hasWholes |= seat.protobuf && seat.copy != seat.sent;
			}
		}
		if (hasWholes) {
			this.wholes.changed();
		}
	}

	/**
	 * Sends the change of a client.
	 * @param known the next copies after the same one in this round, by the objects that
	 * are seen
	 */
	private void sendChange(Seat seat, StateCopy before, Map<Object, Next> known) throws Throwable {
		Object seen = view(seat);
		Next next = known.get(seen);
		if (next == null) {
			next = new Next(before.to(tree(seen)));
			known.put(seen, next);
		}
		seat.seen = seen;
		StateCopy.Change change = next.change;
		if (change == null) {
			return;
		}
		seat.copy = change.copy();
		if (!seat.protobuf) {
			LatestState push = new LatestState(next.written(change), () -> writeWhole(seat.copy));
			seat.session.pushLatest(StateCopy.ROUTE, this.room.id(), push);
			push.sent();
		}
	}

	private void sendWholes() {
		for (Seat seat : this.room.occupants().joined()) {
			StateCopy now = seat.copy;
			if (seat.protobuf && now != null && now != seat.sent) {
				seat.sent = now;
				seat.session.pushLatest(StateCopy.ROUTE, this.room.id(), () -> protobuf(seat.copy));
			}
		}
	}

	private byte @Nullable [] protobuf(@Nullable StateCopy newest) {
		return (newest != null) ? newest.protobuf(this.room) : null;
	}

	private Object view(Seat seat) throws Throwable {
		Object seen = this.view.call(this.room.object(), seat.session);
		if (seen == null) {
			throw new IllegalStateException("%s has returned null".formatted(this.view));
		}
		return seen;
	}

	@Override
	void add(Seat seat) throws Throwable {
		repeat(seat);
	}

	@Override
	void repeat(Seat seat) throws Throwable {
		sync();
		StateCopy now = seat.copy;
		if (now == null) {
			Object seen = view(seat);
			now = copy(seen);
			seat.copy = now;
			seat.seen = seen;
		}
		pushWhole(seat, now);
	}

	/** Returns the copy of a client that sees the same object, or a new one. */
	private StateCopy copy(Object seen) {
		for (Seat other : this.room.occupants().joined()) {
			StateCopy present = other.copy;
			if (other.seen == seen && present != null) {
				return present;
			}
		}
		return new StateCopy(first(), tree(seen));
	}

	@Override
	void finish(Seat seat) {
		StateCopy now = seat.copy;
		if (seat.protobuf && now != null && now != seat.sent) {
			pushWhole(seat, now);
		}
	}

	@Override
	void forget() {
		this.room.occupants().all().forEach(this::remove);
	}

	@Override
	void remove(Seat seat) {
		seat.copy = null;
		seat.seen = null;
	}

	/** What follows a copy in one round. */
	private final class Next {

		/** Null if nothing has changed. */
		private final StateCopy.@Nullable Change change;

		private byte @Nullable [] written;

		Next(StateCopy.@Nullable Change change) {
			this.change = change;
		}

		byte[] written(StateCopy.Change present) {
			byte[] bytes = this.written;
			if (bytes == null) {
				bytes = write(present.push(PlayerViews.this.room));
				this.written = bytes;
			}
			return bytes;
		}

	}

}
