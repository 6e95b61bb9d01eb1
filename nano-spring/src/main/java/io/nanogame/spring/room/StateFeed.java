package io.nanogame.spring.room;

import java.util.IdentityHashMap;
import java.util.Map;

import io.nanogame.group.Group;
import io.nanogame.spring.room.StateCopy.StatePush;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the state of a room to its clients: the whole state to those without a copy, and
 * changes to the others. Confined to the lane of the room.
 */
abstract class StateFeed {

	private static final Logger log = LoggerFactory.getLogger(StateFeed.class);

	final HostedRoom<?> room;

	private boolean failed;

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

	abstract void sendChanges() throws Throwable;

	/** Sends the whole state, and later changes. */
	abstract void add(Seat seat) throws Throwable;

	/** Sends the whole state to a client that already receives the changes. */
	abstract void repeat(Seat seat) throws Throwable;

	/** Sends no further changes. */
	abstract void remove(Seat seat);

	abstract void close();

	/** Writes a push once, for all of its receivers. */
	byte[] write(StatePush push) {
		byte[] bytes = this.room.engine().write(push);
		this.room.engine().observer().stateSent(this.room.kind(), push.patch() == null, bytes.length);
		return bytes;
	}

	void pushWhole(Seat seat, StateCopy copy) {
		seat.wholeSent(this.room.engine().timers().nanoTime());
		seat.session.push(StateCopy.ROUTE, write(copy.whole(this.room)));
	}

	/**
	 * Writes the newest copy, for a client that has missed changes; null if it has left.
	 * Any thread.
	 */
	byte @Nullable [] writeWhole(@Nullable StateCopy newest) {
		return (newest != null) ? write(newest.whole(this.room)) : null;
	}

	/** A room without a state: its clients receive its id only. */
	static final class None extends StateFeed {

		None(HostedRoom<?> room) {
			super(room);
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
			seat.session.push(StateCopy.ROUTE,
					this.room.engine().write(new StatePush(this.room.kind(), this.room.id(), 0, null, null)));
		}

		@Override
		void remove(Seat seat) {
		}

		@Override
		void close() {
		}

	}

	/** All clients see the same, which is written once. */
	static final class Shared extends StateFeed {

		private final Group group;

		private final Object state;

		/** Written by the lane of the room, read by clients that have missed changes. */
		private volatile @Nullable StateCopy copy;

		Shared(HostedRoom<?> room, Group group, Object state) {
			super(room);
			this.group = group;
			this.state = state;
		}

		@Override
		void sendChanges() {
			StateCopy before = this.copy;
			StateCopy now = current();
			if (before != null && now != before && !this.group.isEmpty()) {
				LatestState push = new LatestState(write(now.changeOf(before, this.room)), () -> writeWhole(this.copy));
				this.group.pushLatest(StateCopy.ROUTE, this.room.id(), push);
				push.sent();
			}
		}

		private StateCopy current() {
			StateCopy before = this.copy;
			StateCopy now = (before != null) ? before.next(this.room.engine().states().tree(this.state))
					: new StateCopy(1, this.room.engine().states().tree(this.state));
			this.copy = now;
			return now;
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
		void close() {
			this.group.close();
		}

	}

	/** Each client has a view of its own. */
	static final class Views extends StateFeed {

		private final RoomMethod view;

		Views(HostedRoom<?> room, RoomMethod view) {
			super(room);
			this.view = view;
		}

		@Override
		void sendChanges() {
			Map<StateCopy, Map<Object, Change>> round = new IdentityHashMap<>();
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

		private void sendChange(Seat seat, StateCopy before, Map<Object, Change> known) throws Throwable {
			Object seen = view(seat);
			Change change = known.get(seen);
			if (change == null) {
				change = change(before, seen);
				known.put(seen, change);
			}
			seat.copy = change.copy();
			if (change.push() != null) {
				LatestState push = new LatestState(change.push(), () -> writeWhole(seat.copy));
				seat.session.pushLatest(StateCopy.ROUTE, this.room.id(), push);
				push.sent();
			}
		}

		private Change change(StateCopy before, Object seen) {
			StateCopy now = before.next(this.room.engine().states().tree(seen));
			return new Change(now, (now != before) ? write(now.changeOf(before, this.room)) : null);
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
				now = new StateCopy(1, this.room.engine().states().tree(view(seat)));
				seat.copy = now;
			}
			pushWhole(seat, now);
		}

		@Override
		void remove(Seat seat) {
			seat.copy = null;
		}

		@Override
		void close() {
		}

		/**
		 * What those see who have had the same copy and see the same object.
		 *
		 * @param copy their next copy
		 * @param push the written change, or null if there is none
		 */
		private record Change(StateCopy copy, byte @Nullable [] push) {
		}

	}

}
