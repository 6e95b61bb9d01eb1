package io.nanogame.spring.room;

import java.util.List;

import io.nanogame.group.Group;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the clients of a room are sent. Confined to the lane of the room.
 */
final class RoomClients {

	/** The route of pushes to clients that have left, other than by their own request. */
	static final String LEFT = "room.left";

	private static final Logger log = LoggerFactory.getLogger(RoomClients.class);

	private final HostedRoom<?> room;

	private final Group players;

	private final Group spectators;

	private final StateFeed feed;

	RoomClients(HostedRoom<?> room, @Nullable Object state) {
		this.room = room;
		this.players = group("");
		this.spectators = group("/spectators");
		this.feed = feed(state);
	}

	private Group group(String name) {
		return this.room.host().groups().get(this.room.origin().group(name));
	}

	private StateFeed feed(@Nullable Object state) {
		RoomMethod view = this.room.type().calls().view();
		if (view != null) {
			return new PlayerViews(this.room, view);
		}
		return (state != null) ? new SharedState(this.room, this::group, state) : new NoState(this.room);
	}

	void broadcast(String route, Object payload) {
		this.players.broadcast(route, payload);
		this.spectators.broadcast(route, payload);
	}

	void broadcastBut(Session but, String route, Object payload) {
		for (Group group : List.of(this.players, this.spectators)) {
			group.multicast(route, payload, (member) -> member.id() != but.id());
		}
	}

	void broadcastToSpectators(String route, Object payload) {
		this.spectators.broadcast(route, payload);
	}

	StateFeed feed() {
		return this.feed;
	}

	/** A message was handled. In a room with ticks, the next one sends the changes. */
	void handled() {
		if (this.room.type().calls().tick() == null && !this.room.isClosed()) {
			this.feed.sync();
		}
	}

	/** Returns a task of the game, after which changes are sent as after a message. */
	Runnable thenHandled(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			finally {
				handled();
			}
		};
	}

	/** Sends broadcasts and the state from now on. */
	void add(Seat seat) {
		(seat.spectator ? this.spectators : this.players).add(seat.session);
		feed(seat);
	}

	private void feed(Seat seat) {
		try {
			this.feed.add(seat);
		}
		catch (Throwable ex) {
			log.error("The state of {} cannot be sent", this.room, ex);
		}
	}

	/** Sends the whole state, unless the client has requested it too often. */
	void repeatOnRequest(Seat seat) {
		if (seat.mayRequestWhole(this.room.host().timers().nanoTime())) {
			repeat(seat);
		}
	}

	/** Sends the whole state. */
	void repeat(Seat seat) {
		try {
			this.feed.repeat(seat);
		}
		catch (Throwable ex) {
			log.error("The state of {} cannot be sent", this.room, ex);
		}
	}

	/** Sends no states to a client without a connection. */
	void pause(Seat seat) {
		if (seat.joined) {
			this.feed.remove(seat);
		}
	}

	/** Sends the whole state, and changes again. */
	void resume(Seat seat) {
		if (seat.joined && this.room.kindOfRoom().seat(seat.session) == seat) {
			this.feed.remove(seat);
			feed(seat);
		}
	}

	void remove(Seat seat) {
		this.feed.finish(seat);
		(seat.spectator ? this.spectators : this.players).leave(seat.session);
		this.feed.remove(seat);
	}

	/** Notifies a client that has not left by itself. */
	void notifyOfLeave(Seat seat, LeaveReason reason, String message) {
		if (reason != LeaveReason.LEFT && reason != LeaveReason.DISCONNECTED) {
			Left left = new Left(this.room.kind(), this.room.id(), reason.code(), message);
			seat.session.push(LEFT, this.room.host().messages().write(left, seat.session));
		}
	}

	void close() {
		this.players.close();
		this.spectators.close();
		this.feed.close();
	}

	/**
	 * The payload of a push to a client that has left.
	 *
	 * @param kind the kind of the room
	 * @param room its id
	 * @param reason the reason, a fixed text
	 * @param message the reason for the developer
	 */
	record Left(String kind, String room, String reason, String message) implements ClientMessage {

		@Override
		public void writeTo(ProtobufFields fields) {
			fields.text(1, this.kind).text(2, this.room).text(3, this.reason).text(4, this.message);
		}

	}

}
