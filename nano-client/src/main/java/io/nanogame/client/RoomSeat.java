package io.nanogame.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A seat of the session in a room. Receives the pushes for it in the order in which the
 * server sent them. Methods that change it are called by the tasks of the rooms.
 */
final class RoomSeat {

	private final String kind;

	private final RoomSync sync;

	private final RoomListeners listeners;

	private final List<Consumer<RoomLeave>> leaveListeners = new CopyOnWriteArrayList<>();

	/** Null if no push has contained it yet. */
	private volatile @Nullable String id;

	private volatile byte[] answer;

	private volatile RoomState state = RoomState.NONE;

	private volatile @Nullable RoomLeave end;

	RoomSeat(String kind, @Nullable String id, byte[] answer, RoomSync sync) {
		this.kind = kind;
		this.id = id;
		this.answer = answer;
		this.sync = sync;
		this.listeners = new RoomListeners(kind);
	}

	String kind() {
		return this.kind;
	}

	@Nullable String id() {
		return this.id;
	}

	/** Returns whether a push with this id is one for this room. */
	boolean is(@Nullable String room) {
		return this.id == null || this.id.equals(room);
	}

	/** Returns the body of the reply to the latest join. */
	byte[] answer() {
		return this.answer;
	}

	RoomState state() {
		return this.state;
	}

	RoomListeners listeners() {
		return this.listeners;
	}

	/** Returns how the seat has ended; null if it has not. */
	@Nullable RoomLeave end() {
		return this.end;
	}

	/** Called after a join by which the session has kept this seat. */
	void rejoined(byte[] newAnswer) {
		this.answer = newAnswer;
	}

	void receive(RoomPush push) {
		if (push.left()) {
			end(push.leave());
			return;
		}
		this.id = push.room();
		RoomState previous = this.state;
		RoomState next = previous.after(push);
		if (next == null) {
			this.sync.start();
			return;
		}
		this.state = next;
		if (push.isWhole()) {
			this.sync.stop();
		}
		this.listeners.changed(previous.tree(), next.tree());
	}

	/** Ends the seat. Only the first end is reported. */
	void end(RoomLeave leave) {
		if (this.end != null) {
			return;
		}
		this.end = leave;
		this.sync.stop();
		this.listeners.close();
		for (Consumer<RoomLeave> listener : this.leaveListeners) {
			RoomListeners.call(this.kind, () -> listener.accept(leave));
		}
		this.leaveListeners.clear();
	}

	/** Adds a listener for the end, and calls it if the seat has ended already. */
	void addLeaveListener(Consumer<RoomLeave> listener) {
		RoomLeave ended = this.end;
		if (ended != null) {
			RoomListeners.call(this.kind, () -> listener.accept(ended));
		}
		else {
			this.leaveListeners.add(listener);
		}
	}

	void removeLeaveListener(Consumer<RoomLeave> listener) {
		this.leaveListeners.remove(listener);
	}

}
