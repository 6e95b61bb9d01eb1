package io.nanogame.spring.room;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Timer;
import io.nanogame.service.ServiceException;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A room of this node.
 *
 * @param <S> the state
 */
final class HostedRoom<S> implements Room<S> {

	private final RoomOrigin origin;

	private final RoomHost host;

	private final RoomLane lane;

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

	HostedRoom(RoomOrigin origin, RoomHost host, @Nullable S state) {
		this.origin = origin;
		this.host = host;
		this.state = state;
		this.lane = new RoomLane(host.lanes().create("room " + origin.id()), host.timers());
		this.occupants = new Occupants(type().limits().seats());
		this.clients = new RoomClients(this, state);
		this.leaving = new Leaving(this, this.occupants, this.clients);
		this.reserving = new Reserving(this, this.occupants, this.leaving);
		this.joining = new Joining(this, this.occupants, this.reserving, this.leaving, this.clients);
	}

	/**
	 * Creates the bean, and starts the ticks. On the lane.
	 * @param first called before players can join
	 */
	void open(Runnable first) {
		this.object = this.host.create(this);
		first.run();
		if (this.closed) {
			throw new ServiceException(410, "the room was closed when it was created");
		}
		this.reserving.open();
		new Ticks(this).start();
		changed();
	}

	// For the host

	RoomOrigin origin() {
		return this.origin;
	}

	RoomKind kindOfRoom() {
		return this.origin.kind();
	}

	RoomType type() {
		return kindOfRoom().definition();
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

	/**
	 * Returns whether the room does nothing: it is closed, or is moving to another node.
	 */
	boolean isClosed() {
		return this.closed || this.lane.isHeld();
	}

	// For the game

	@Override
	public String id() {
		return this.origin.id();
	}

	@Override
	public String kind() {
		return kindOfRoom().component();
	}

	@Override
	public <T> T options(Class<T> type) {
		try {
			return this.host.states().read(this.origin.options(), type);
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
		this.clients.broadcast(route, payload);
	}

	@Override
	public void broadcastBut(Session but, String route, Object payload) {
		this.lane.check();
		this.clients.broadcastBut(but, route, payload);
	}

	@Override
	public void broadcastToSpectators(String route, Object payload) {
		this.lane.check();
		this.clients.broadcastToSpectators(route, payload);
	}

	@Override
	public void remove(Session session, String message) {
		this.lane.check();
		this.leaving.remove(session, message);
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
			if (isClosed()) {
				throw new RejectedExecutionException("The room is closed, or moves to another node");
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
		if (!isClosed()) {
			end(() -> this.leaving.all(message));
		}
	}

	/**
	 * Ends the room. On the lane.
	 * @param players what happens to those who have a seat
	 */
	void end(Runnable players) {
		this.closed = true;
		changed();
		this.lane.stop();
		this.reserving.close();
		players.run();
		this.clients.close();
		this.host.closed(this);
	}

	@Override
	public String toString() {
		return "Room[" + id() + "]";
	}

}
