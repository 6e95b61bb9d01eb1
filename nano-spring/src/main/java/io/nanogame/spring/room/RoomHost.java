package io.nanogame.spring.room;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.route.RequestException;
import io.nanogame.service.ServiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * The rooms of this node. Thread-safe.
 */
final class RoomHost {

	private static final Logger log = LoggerFactory.getLogger(RoomHost.class);

	private final RoomParts parts;

	private final BeanFactory beans;

	private final RoomIds ids;

	private final RoomSettings settings;

	private final StateMapper states;

	private final Map<String, HostedRoom<?>> rooms = new ConcurrentHashMap<>();

	/** Completed when a room is closed, or has moved. */
	private final Map<String, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();

	private volatile boolean stopping;

	RoomHost(RoomParts parts, BeanFactory beans, RoomIds ids, RoomSettings settings) {
		this.parts = parts;
		this.beans = beans;
		this.ids = ids;
		this.settings = settings;
		this.states = new StateMapper(parts.mapper());
	}

	/** Returns the open rooms. */
	Collection<HostedRoom<?>> rooms() {
		return this.rooms.values();
	}

	/** Returns whether a room is on this node, and is not about to leave it. */
	boolean has(String id) {
		HostedRoom<?> room = this.rooms.get(id);
		return room != null && !room.reserving().isSuspended();
	}

	/**
	 * Creates a room.
	 * @return fails with a {@link ServiceException}
	 */
	CompletionStage<RoomInfo> create(RoomKind kind, JsonNode options) {
		try {
			checkSpace(0);
		}
		catch (ServiceException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		return open(new RoomOrigin(this.ids.next(), kind, options, 0), (room) -> {
		}, (room) -> room.listing().info());
	}

	/**
	 * Checks whether another room may be created.
	 * @param arriving the number of rooms that are moving to this node
	 */
	void checkSpace(int arriving) {
		if (this.stopping) {
			throw stopped();
		}
		if (this.rooms.size() + arriving >= this.settings.maxRooms()) {
			throw new ServiceException(429, "this server has too many rooms");
		}
	}

	/**
	 * Opens a room.
	 * @param origin its beginning
	 * @param first called on its lane, when its object is created
	 * @param then called on its lane, when the room can be found
	 * @return the result of {@code then}; fails with a {@link ServiceException}
	 */
	<T> CompletableFuture<T> open(RoomOrigin origin, Consumer<HostedRoom<?>> first, Function<HostedRoom<?>, T> then) {
		Class<?> state = origin.kind().definition().state();
		HostedRoom<?> room = new HostedRoom<>(origin, this, (state != null) ? BeanUtils.instantiateClass(state) : null);
		return room.onLane().submit(() -> {
			open(room, first);
			return then.apply(room);
		});
	}

	private void open(HostedRoom<?> room, Consumer<HostedRoom<?>> first) {
		try {
			room.open(() -> first.accept(room));
		}
		catch (Throwable ex) {
			abandon(room);
			throw failure(room, ex);
		}
		this.rooms.put(room.id(), room);
		if (this.stopping) { // perhaps since its rooms were listed
			abandon(room);
			throw stopped();
		}
	}

	/** Players that it has are those of a room that stays on its former node. */
	private static void abandon(HostedRoom<?> room) {
		if (!room.isClosed()) {
			room.end(room.leaving()::moved);
		}
	}

	private static ServiceException stopped() {
		return new ServiceException(ServiceException.NOT_THERE, "the server is stopping");
	}

	private static ServiceException failure(HostedRoom<?> room, Throwable failure) {
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
		for (Throwable each = failure; each != null; each = each.getCause()) {
			if (each instanceof ServiceException known) {
				return known;
			}
			if (each instanceof RequestException refusal) {
				return new ServiceException(refusal.code(), refusal.message(), refusal);
			}
			if (each instanceof InvalidOptionsException invalid) {
				return new ServiceException(400, String.valueOf(invalid.getMessage()), invalid);
			}
		}
		log.error("A room of the kind '{}' could not be opened", room.kind(), failure);
		return new ServiceException(ServiceException.FAILED, "the room could not be created", cause);
	}

	/**
	 * Calls a room on its lane.
	 * @param id the id of the room
	 * @param call the call
	 * @return the result; fails with a {@link ServiceException}
	 */
	<T> CompletionStage<T> at(String id, Function<HostedRoom<?>, T> call) {
		HostedRoom<?> room = this.rooms.get(id);
		if (room == null) {
			return CompletableFuture.failedFuture(notHere());
		}
		return room.onLane().submit(() -> {
			if (room.onLane().isHeld()) {
				throw notHere();
			}
			if (room.isClosed()) {
				throw new ServiceException(410, "the room is closed");
			}
			return call.apply(room);
		});
	}

	private static ServiceException notHere() {
		return new ServiceException(404, "there is no such room");
	}

	/** Rooms can be created, also after all were closed. */
	void start() {
		this.stopping = false;
	}

	/** Closes all rooms, creates no others, and waits for the ends. */
	void closeAll(String message, long timeoutSeconds) {
		this.stopping = true;
		List<CompletableFuture<?>> all = new ArrayList<>();
		for (HostedRoom<?> room : this.rooms.values()) {
			CompletableFuture<Void> end = this.ends.computeIfAbsent(room.id(), (id) -> new CompletableFuture<>());
			all.add(end);
			room.onLane().run(() -> {
				room.close(message);
				end.complete(null);
			});
			if (this.rooms.get(room.id()) != room) {
				end.complete(null);
			}
		}
		try {
			CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).get(timeoutSeconds, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Exception ex) {
			log.warn("{} rooms were not closed in time", this.rooms.size());
		}
	}

	Lanes lanes() {
		return this.parts.lanes();
	}

	Timers timers() {
		return this.parts.timers();
	}

	Groups groups() {
		return this.parts.network().groups().get();
	}

	RoomSettings settings() {
		return this.settings;
	}

	StateMapper states() {
		return this.states;
	}

	RoomObserver observer() {
		return this.parts.observer();
	}

	ClientMessages messages() {
		return this.parts.messages();
	}

	Object create(HostedRoom<?> room) {
		Object bean = CurrentRoom.call(room, () -> this.beans.getBean(room.type().beanName()));
		if (!room.type().type().isInstance(bean)) {
			throw new IllegalStateException(
					"The proxy of a room must be a subclass of its class %s; set proxyTargetClass"
						.formatted(room.type().type().getName()));
		}
		return bean;
	}

	void closed(HostedRoom<?> room) {
		this.rooms.remove(room.id(), room);
		CompletableFuture<Void> end = this.ends.remove(room.id());
		if (end != null) {
			end.complete(null);
		}
	}

	/** A session may have taken a seat that another one has reserved. */
	void entered(Seat seat) {
		String kind = seat.room.kind();
		if (!CurrentRooms.find(seat.session, kind).equals(seat.room.id())) {
			CurrentRooms.enter(seat.session, kind, seat.room.id(), this.parts.network().nodes().get().self().id(),
					this.parts.network().routing().get());
		}
	}

	void left(Seat seat) {
		CurrentRooms.remove(seat.session, seat.room.kind(), seat.room.id(), this.parts.network().routing().get());
	}

}
