package io.nanogame.client;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * A room in which the session of a {@link NanoClient} has a seat, with a copy of the
 * room's state. A cut of the connection does not end the seat if the session is resumed.
 * After the end, for whatever reason, the state remains, listeners other than those of
 * {@link #onLeave} are not called any more, and messages fail with a
 * {@link RoomLeftException}.
 * <p>
 * Thread-safe. Listeners of all rooms of a client are called one after the other, usually
 * on an event loop: they must not block. The types of states and their parts are any that
 * the client's JSON serializer reads, such as records;
 * {@link tools.jackson.databind.JsonNode} is a part itself, shared by all versions, and
 * must not be modified.
 */
public final class ClientRoom {

	private final NanoClient client;

	private final RoomSeat seat;

	private final SerialTasks tasks;

	private final RoomValues values;

	ClientRoom(NanoClient client, RoomSeat seat, SerialTasks tasks) {
		this.client = client;
		this.seat = seat;
		this.tasks = tasks;
		this.values = new RoomValues(client);
	}

	RoomSeat seat() {
		return this.seat;
	}

	/**
	 * Returns the kind of the room.
	 * @return the component of the server that handles its messages, such as
	 * {@code arena}
	 */
	public String kind() {
		return this.seat.kind();
	}

	/**
	 * Returns the id of the room.
	 * @return the id; {@code null} if the room has no state and was entered by
	 * {@link ClientRooms#enter}, because the server has not sent the id
	 */
	public @Nullable String id() {
		return this.seat.id();
	}

	/**
	 * Returns the game's answer to the latest join.
	 * @param <T> the type of the answer
	 * @param type the type of the answer
	 * @return the answer; {@code null} if it is empty
	 * @throws io.nanogame.serialize.SerializationException if the answer is not of the
	 * type
	 */
	public <T> @Nullable T answer(Class<T> type) {
		return this.values.read(this.seat.answer(), type);
	}

	// The state

	/**
	 * Returns the current state. Any thread.
	 * @param <T> the type of the state
	 * @param type the type of the state
	 * @return the state; {@code null} if the room has none
	 * @throws io.nanogame.serialize.SerializationException if the state is not of the
	 * type
	 */
	public <T> @Nullable T state(Class<T> type) {
		return this.values.convert(this.seat.state().tree(), type);
	}

	/**
	 * Returns the version of the state, which increases by one with each change of it.
	 * Any thread.
	 * @return the version; -1 if the room has no state
	 */
	public long version() {
		return this.seat.state().version();
	}

	/**
	 * Adds a listener that is called after each change of the state, and after the
	 * listeners of {@link #listen}.
	 * @param <T> the type of the state
	 * @param type the type of the state
	 * @param listener receives the state, whose version is {@link #version()} meanwhile
	 * @return removes the listener
	 */
	public <T> Disposable onState(Class<T> type, Consumer<? super T> listener) {
		return this.seat.listeners().addForState((state) -> listener.accept(this.values.convert(state, type)));
	}

	/**
	 * Adds a listener for parts of the state. It is called first for each part that
	 * exists, and then once in each change for each part that is added, changed or
	 * removed. A part has changed if anything in it has. The first calls are made by this
	 * method; while another thread calls listeners of this client's rooms, that thread
	 * makes them, perhaps after this method has returned.
	 * @param <T> the type of the parts
	 * @param pointer a JSON pointer (RFC 6901), such as {@code /fighters/ann/health}, in
	 * which {@code *} is any one member of an object or item of an array:
	 * {@code /fighters/*} is each fighter. A member whose name is {@code *} cannot be
	 * listened to by itself. Empty for the whole state.
	 * @param type the type of the parts
	 * @param listener the listener
	 * @return removes the listener
	 * @throws IllegalArgumentException if the pointer is invalid
	 */
	public <T> Disposable listen(String pointer, Class<T> type, RoomListener<T> listener) {
		RoomListeners listeners = this.seat.listeners();
		RoomListeners.Entry entry = listeners.create(RoomPath.of(pointer),
				(change) -> listener.changed(this.values.convert(change.value(), type),
						this.values.convert(change.previous(), type), change.names()));
		this.tasks.execute(() -> listeners.add(entry, this.seat.state().tree()));
		return entry;
	}

	// Messages

	/**
	 * Sends a request to a handler of the room.
	 * @param <T> the type of the response
	 * @param handler {@code move} of the kind {@code arena} is the route
	 * {@code arena.move}
	 * @param payload the payload; {@code null} for an empty one
	 * @param type the type of the response; {@code Void} to ignore its body
	 * @return as {@link NanoClient#request(String, Object, Class)}; fails with a
	 * {@link RoomLeftException} if the seat has ended
	 */
	public <T> Mono<T> request(String handler, @Nullable Object payload, Class<T> type) {
		return Mono.defer(() -> this.client.request(route(handler), payload, type));
	}

	/**
	 * Sends a request with its own time-out, as {@link #request(String, Object, Class)}
	 * does.
	 * @param <T> the type of the response
	 * @param handler the handler
	 * @param payload the payload; {@code null} for an empty one
	 * @param type the type of the response; {@code Void} to ignore its body
	 * @param timeout how long to wait for the response
	 * @return the response
	 */
	public <T> Mono<T> request(String handler, @Nullable Object payload, Class<T> type, Duration timeout) {
		return Mono.defer(() -> this.client.request(route(handler), payload, type, timeout));
	}

	/**
	 * Sends a notification to a handler of the room.
	 * @param handler {@code move} of the kind {@code arena} is the route
	 * {@code arena.move}
	 * @param payload the payload; {@code null} for an empty one
	 * @throws RoomLeftException if the seat has ended
	 * @throws NanoClientException as {@link NanoClient#notify}
	 */
	public void notify(String handler, @Nullable Object payload) {
		this.client.notify(route(handler), payload);
	}

	private String route(String handler) {
		String route = kind() + "." + handler;
		RoomLeave end = this.seat.end();
		if (end != null) {
			throw new RoomLeftException(route, end);
		}
		return route;
	}

	// The end

	/**
	 * Adds a listener that is called once, when the session has no seat in the room any
	 * more, also if that is so already.
	 * @param listener the listener
	 * @return removes the listener
	 */
	public Disposable onLeave(Consumer<RoomLeave> listener) {
		this.tasks.execute(() -> this.seat.addLeaveListener(listener));
		return () -> this.tasks.execute(() -> this.seat.removeLeaveListener(listener));
	}

	/**
	 * Gives the seat back when subscribed to.
	 * @return completes when there is no seat any more, also if that is so already; fails
	 * as {@link NanoClient#request(String, Object, Class)}, and then the seat remains
	 */
	public Mono<Void> leave() {
		return Mono.defer(() -> {
			if (this.seat.end() != null) {
				return Mono.<Void>empty();
			}
			return this.client.request(route("leave"), null, byte[].class)
				.doOnNext((answer) -> this.tasks.execute(() -> this.seat.end(RoomLeave.left(""))))
				.onErrorComplete((failure) -> this.seat.end() != null)
				.then();
		});
	}

}
