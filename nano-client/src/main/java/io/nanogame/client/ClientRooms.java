package io.nanogame.client;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nanogame.client.ClientState.Phase;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

/**
 * The rooms of a server, for one client. A session has at most one seat in the rooms of a
 * kind. Each method that returns a {@link ClientRoom} first gets a seat and then takes
 * it, on each subscription; the options are the game's and are sent with both requests.
 * It fails as {@link NanoClient#request(String, Object, Class)}; the server's code is 404
 * if there is no such room, or if the server does not offer rooms to its clients itself,
 * and 409 if there is no seat.
 * <p>
 * When the session has a seat in the same room already, the result is the same object,
 * with a new answer and the current state.
 * <p>
 * Thread-safe. Bodies are JSON, so the client's serializer must be. With
 * {@link NanoClientBuilder#lengthId} the pushes {@code room.state} and {@code room.left}
 * need ids.
 */
public final class ClientRooms {

	private final NanoClient client;

	private final Scheduler timer;

	private final RoomValues values;

	private final SerialTasks tasks = new SerialTasks();

	/** Guarded by this. */
	private boolean listening;

	// Confined to the tasks

	/** Those with a seat, by kind. */
	private final Map<String, ClientRoom> rooms = new HashMap<>();

	/** Joins without a reply. */
	private final Set<RoomJoin> joins = new HashSet<>();

	ClientRooms(NanoClient client, Scheduler timer) {
		this.client = client;
		this.timer = timer;
		this.values = new RoomValues(client);
	}

	/**
	 * Joins any room of a kind that has a seat, or creates one.
	 * @param kind such as {@code arena}
	 * @param options the game's; {@code null} for none
	 * @return the room
	 */
	public Mono<ClientRoom> joinOrCreate(String kind, @Nullable Object options) {
		return reserve("joinOrCreate", "kind", kind, options);
	}

	/**
	 * Creates a room and joins it.
	 * @param kind such as {@code arena}
	 * @param options the game's; {@code null} for none
	 * @return the room
	 */
	public Mono<ClientRoom> create(String kind, @Nullable Object options) {
		return reserve("create", "kind", kind, options);
	}

	/**
	 * Joins the room with an id.
	 * @param room the id
	 * @param options the game's; {@code null} for none
	 * @return the room
	 */
	public Mono<ClientRoom> join(String room, @Nullable Object options) {
		return reserve("join", "room", room, options);
	}

	/**
	 * Watches the room with an id, without a seat of a player.
	 * @param room the id
	 * @param options the game's; {@code null} for none
	 * @return the room
	 */
	public Mono<ClientRoom> spectate(String room, @Nullable Object options) {
		return reserve("spectate", "room", room, options);
	}

	/**
	 * Takes the seat that the server has reserved for this session, for example in a
	 * lobby of the game.
	 * @param kind such as {@code arena}
	 * @param options the game's; {@code null} for none
	 * @return the room
	 */
	public Mono<ClientRoom> enter(String kind, @Nullable Object options) {
		return Mono.defer(() -> join(new RoomJoin(kind, null), options));
	}

	/**
	 * Lists rooms of a kind.
	 * @param kind such as {@code arena}
	 * @return the server's first page
	 */
	public Mono<RoomList> list(String kind) {
		return list(Map.of("kind", kind));
	}

	/**
	 * Lists rooms of a kind.
	 * @param kind such as {@code arena}
	 * @param offset the number of rooms before the page
	 * @param limit the maximum number of rooms in the page
	 * @return the page
	 */
	public Mono<RoomList> list(String kind, int offset, int limit) {
		return list(Map.of("kind", kind, "offset", offset, "limit", limit));
	}

	private Mono<RoomList> list(Map<String, Object> page) {
		return this.client.request("rooms.list", page, byte[].class).map(this.values::read).map(RoomList::of);
	}

	private Mono<ClientRoom> reserve(String handler, String key, String value, @Nullable Object options) {
		Map<String, Object> reservation = new HashMap<>(Map.of(key, value));
		if (options != null && key.equals("kind")) {
			reservation.put("options", options);
		}
		return this.client.request("rooms." + handler, reservation, byte[].class)
			.map(this.values::read)
			.map(RoomInfo::of)
			.flatMap((info) -> join(new RoomJoin(info.kind(), info.room()), options));
	}

	private Mono<ClientRoom> join(RoomJoin join, @Nullable Object options) {
		listen();
		this.tasks.execute(() -> this.joins.add(join));
		return this.client.request(join.kind() + ".join", options, byte[].class)
			.flatMap((answer) -> Mono
				.<ClientRoom>create((sink) -> this.tasks.execute(() -> sink.success(joined(join, answer)))))
			.doFinally((signal) -> this.tasks.execute(() -> this.joins.remove(join)));
	}

	/** A client that uses no rooms does not read their pushes. */
	private synchronized void listen() {
		if (!this.listening) {
			this.client.on("room.state", JsonNode.class, (body) -> received(RoomPush.state(body)));
			this.client.on("room.left", JsonNode.class, (body) -> received(RoomPush.left(body)));
			this.client.states().subscribe(this::stateChanged);
			this.listening = true;
		}
	}

	private void received(RoomPush push) {
		this.tasks.execute(() -> {
			this.joins.forEach((join) -> join.keep(push));
			ClientRoom room = this.rooms.get(push.kind());
			if (room != null && room.seat().is(push.room())) {
				room.seat().receive(push);
			}
		});
	}

	private ClientRoom joined(RoomJoin join, byte[] answer) {
		this.joins.remove(join);
		String kind = join.kind();
		ClientRoom existing = this.rooms.get(kind);
		if (existing != null) {
			if (join.id() == null || existing.seat().is(join.id())) {
				existing.seat().rejoined(answer);
				return existing;
			}
			existing.seat().end(RoomLeave.left("joined another room"));
		}
		RoomSync sync = new RoomSync(this.client, kind, this.tasks, this.timer);
		RoomSeat seat = new RoomSeat(kind, join.id(), answer, sync);
		ClientRoom room = new ClientRoom(this.client, seat, this.tasks);
		this.rooms.put(kind, room);
		seat.addLeaveListener((leave) -> this.rooms.remove(kind));
		join.replayTo(seat);
		return room;
	}

	/** The end of the session is the end of all its seats. */
	private void stateChanged(ClientState state) {
		NanoClientException reason = state.reason();
		if (reason != null && !state.is(Phase.RESUMING)) {
			this.tasks.execute(
					() -> List.copyOf(this.rooms.values()).forEach((room) -> room.seat().end(RoomLeave.lost(reason))));
		}
	}

}
