package io.nanogame.spring.room;

import java.util.IdentityHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The feed of a room in which each client has a view of its own.
 */
final class PlayerViews extends StateFeed {

	private final RoomMethod view;

	PlayerViews(HostedRoom<?> room, RoomMethod view) {
		super(room);
		this.view = view;
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
		Map<StateCopy, Map<Object, Written>> round = new IdentityHashMap<>();
		for (Seat seat : this.room.occupants().joined()) {
			StateCopy before = seat.copy;
			if (before != null) {
				try {
					sendChange(seat, before, round.computeIfAbsent(before, (same) -> new IdentityHashMap<>()));
				}
				catch (Throwable ex) {
					failed(ex); // the others receive theirs
				}
			}
		}
	}

	/**
	 * Sends the change of a client.
	 * @param known the changes of the same copy in this round, by the objects that are
	 * seen
	 */
	private void sendChange(Seat seat, StateCopy before, Map<Object, Written> known) throws Throwable {
		Object seen = view(seat);
		Written written = known.get(seen);
		if (written == null) {
			written = written(before, seen);
			known.put(seen, written);
		}
		seat.copy = written.copy();
		if (written.push() != null) {
			LatestState push = new LatestState(written.push(), () -> writeWhole(seat.copy));
			seat.session.pushLatest(StateCopy.ROUTE, this.room.id(), push);
			push.sent();
		}
	}

	private Written written(StateCopy before, Object seen) {
		StateCopy.Change change = before.to(tree(seen));
		return (change != null) ? new Written(change.copy(), write(change.push(this.room))) : new Written(before, null);
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
			now = new StateCopy(first(), tree(view(seat)));
			seat.copy = now;
		}
		pushWhole(seat, now);
	}

	@Override
	void forget() {
		this.room.occupants().all().forEach(this::remove);
	}

	@Override
	void remove(Seat seat) {
		seat.copy = null;
	}

	/**
	 * The next copy of a client.
	 *
	 * @param copy the copy
	 * @param push the written change, or null if there is none
	 */
	private record Written(StateCopy copy, byte @Nullable [] push) {
	}

}
