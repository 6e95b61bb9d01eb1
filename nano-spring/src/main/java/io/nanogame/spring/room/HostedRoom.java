package io.nanogame.spring.room;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.group.Group;
import io.nanogame.lane.Lane;
import io.nanogame.lane.Timer;
import io.nanogame.service.ServiceException;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A room of this node.
 *
 * @param <S> the state
 */
final class HostedRoom<S> implements Room<S> {

	private final String id;

	private final RoomKind kind;

	private final RoomHost host;

	private final RoomLane lane;

	private final JsonNode options;

	private final @Nullable S state;

	private final Occupants occupants;

	private final RoomClients clients;

	private final Leaving leaving;

	private final Reserving reserving;

	private final Joining joining;

	private final Listing listing = new Listing(this);

	private boolean closed;

	/** The bean; null while its constructor runs, which may use this room already. */
	private @Nullable Object object;

	HostedRoom(String id, RoomKind kind, RoomHost host, JsonNode options, @Nullable S state) {
		this.id = id;
		this.kind = kind;
		this.host = host;
		this.options = options;
		this.state = state;
		this.lane = new RoomLane(host.lanes().create("room " + id), host.timers());
		this.occupants = new Occupants(type().limits().seats());
		this.clients = new RoomClients(this, state);
		this.leaving = new Leaving(this, this.occupants, this.clients);
		this.reserving = new Reserving(this, this.occupants, this.leaving);
		this.joining = new Joining(this, this.occupants, this.reserving, this.leaving, this.clients);
	}

	/** Creates the bean, and starts the ticks. On the lane. */
	void open() {
		this.object = this.host.create(this);
		if (this.closed) {
			throw new ServiceException(410, "the room was closed when it was created");
		}
		this.reserving.open();
		new Ticks(this).start();
		changed();
	}

	// For the host

	RoomKind kindOfRoom() {
		return this.kind;
	}

	RoomType type() {
		return this.kind.definition();
	}

	RoomHost host() {
		return this.host;
	}

	RoomLane onLane() {
		return this.lane;
	}

	RoomClients clients() {
		return this.clients;
	}

	Leaving leaving() {
		return this.leaving;
	}

	Reserving reserving() {
		return this.reserving;
	}

	Joining joining() {
		return this.joining;
	}

	/** The player has reserved a place in another room. Any thread. */
	void abandoned(String key) {
		this.lane.run(() -> this.reserving.abandoned(key));
	}

	/** Returns the bean. */
	Object object() {
		Object created = this.object;
		if (created == null) {
			throw new IllegalStateException("The room is not created yet");
		}
		return created;
	}

	Listing listing() {
		return this.listing;
	}

	Occupants occupants() {
		return this.occupants;
	}

	/** Publishes in lists what has changed. */
	void changed() {
		this.listing.update();
	}

	boolean isClosed() {
		return this.closed;
	}

	// For the game

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public String kind() {
		return this.kind.component();
	}

	@Override
	public <T> T options(Class<T> type) {
		try {
			return this.host.states().read(this.options, type);
		}
		catch (JacksonException ex) {
			throw new InvalidOptionsException("the options are not those of a room of the kind " + kind(), ex);
		}
	}

	@Override
	public S state() {
		S present = this.state;
		if (present == null) {
			throw new IllegalStateException("A room of the kind %s has no state".formatted(kind()));
		}
		return present;
	}

	@Override
	public void sync() {
		this.lane.check();
		this.clients.feed().sync();
	}

	@Override
	public List<Session> players() {
		this.lane.check();
		return this.occupants.players();
	}

	@Override
	public List<Session> spectators() {
		this.lane.check();
		return this.occupants.spectators();
	}

	@Override
	public Seats seats() {
		this.lane.check();
		return this.occupants.count();
	}

	@Override
	public void lock(boolean isLocked) {
		this.lane.check();
		this.listing.lock(isLocked);
	}

	@Override
	public void hide(boolean isHidden) {
		this.lane.check();
		this.listing.hide(isHidden);
	}

	@Override
	public void metadata(String name, Object value) {
		this.lane.check();
		this.listing.put(name, value);
	}

	@Override
	public void broadcast(String route, Object payload) {
		this.lane.check();
		this.clients.groups().forEach((group) -> group.broadcast(route, payload));
	}

	@Override
	public void broadcastBut(Session but, String route, Object payload) {
		this.lane.check();
		for (Group group : this.clients.groups()) {
			group.multicast(route, payload, (member) -> member.id() != but.id());
		}
	}

	@Override
	public void broadcastToSpectators(String route, Object payload) {
		this.lane.check();
		this.clients.spectators().broadcast(route, payload);
	}

	@Override
	public void remove(Session session, String message) {
		this.lane.check();
		Seat seat = this.kind.seat(session);
		if (seat != null && seat.room == this) {
			this.leaving.leave(seat, LeaveReason.REMOVED, message);
		}
	}

	@Override
	public Timer after(Duration delay, Runnable task) {
		this.lane.check();
		return this.lane.after(delay, this.clients.thenHandled(task));
	}

	@Override
	public Timer every(Duration interval, Runnable task) {
		this.lane.check();
		return this.lane.every(interval, this.clients.thenHandled(task));
	}

	@Override
	public <T> CompletableFuture<T> submit(Callable<T> task) {
		return this.lane.submit(() -> {
			if (this.closed) {
				throw new RejectedExecutionException("The room is closed");
			}
			T result = task.call();
			this.clients.handled();
			return result;
		});
	}

	@Override
	public Lane lane() {
		return this.lane.lane();
	}

	@Override
	public void close(String message) {
		this.lane.check();
		if (!this.closed) {
			this.closed = true;
			changed();
			this.lane.stop();
			this.reserving.close();
			this.leaving.all(message);
			this.clients.close();
			this.host.closed(this);
		}
	}

	@Override
	public String toString() {
		return "Room[" + this.id + "]";
	}

}
