package io.nanogame.spring.room;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.route.RequestException;
import io.nanogame.service.ServiceException;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Lets clients find and create rooms: {@code rooms.create}, {@code rooms.join},
 * {@code rooms.joinOrCreate}, {@code rooms.spectate} and {@code rooms.list}.
 */
@GameComponent("rooms")
public final class ClientRooms {

	private static final int PAGE = 50;

	private final Rooms rooms;

	private final RoomAccess access;

	/**
	 * Creates the component.
	 * @param rooms the rooms
	 * @param access decides what clients may do
	 */
	public ClientRooms(Rooms rooms, RoomAccess access) {
		this.rooms = rooms;
		this.access = access;
	}

	@Handler
	CompletionStage<RoomInfo> create(Session session, OfKind request) {
		String kind = check(session, RoomAction.CREATE, request.kind());
		return checkNoSeat(session, kind).thenCompose((checked) -> this.rooms.create(kind, request.options()))
			.thenCompose((room) -> this.rooms.join(session, room.room()));
	}

	/** A player in a room could create others without end, and join none of them. */
	private CompletionStage<@Nullable Void> checkNoSeat(Session session, String kind) {
		String current = CurrentRooms.find(session, kind);
		if (current.isEmpty()) {
			return CompletableFuture.completedStage(null);
		}
		return this.rooms.join(session, current).handle((room, failure) -> {
			if (failure == null) {
				throw new ServiceException(Reserving.SEATED,
						"the player has a place in another room of the kind " + kind);
			}
			return null;
		});
	}

	@Handler
	CompletionStage<RoomInfo> join(Session session, OfRoom request) {
		check(session, RoomAction.JOIN, "");
		return this.rooms.join(session, request.id());
	}

	@Handler
	CompletionStage<RoomInfo> joinOrCreate(Session session, OfKind request) {
		String kind = check(session, RoomAction.JOIN_OR_CREATE, request.kind());
		return this.rooms.joinOrCreate(session, kind, request.options());
	}

	@Handler
	CompletionStage<RoomInfo> spectate(Session session, OfRoom request) {
		check(session, RoomAction.SPECTATE, "");
		return this.rooms.spectate(session, request.id());
	}

	@Handler
	CompletionStage<Page> list(Session session, ListRequest request) {
		String kind = check(session, RoomAction.LIST, request.kind());
		int limit = (request.limit() != null) ? Math.max(0, Math.min(PAGE, request.limit())) : PAGE;
		int offset = (request.offset() != null) ? Math.max(0, request.offset()) : 0;
		return this.rooms.list(kind, (room) -> true, 0, Integer.MAX_VALUE)
			.thenApply((all) -> new Page(all.stream().skip(offset).limit(limit).toList(), all.size()));
	}

	private String check(Session session, RoomAction action, @Nullable String kind) {
		if (kind == null) {
			throw new RequestException(400, "the kind is missing");
		}
		if (!this.access.isAllowed(session, action, kind)) {
			throw new RequestException(403, "not allowed");
		}
		return kind;
	}

	/**
	 * A request for a kind of room.
	 *
	 * @param kind the kind
	 * @param options the options of a new room
	 */
	record OfKind(@Nullable String kind, @Nullable JsonNode options) {
	}

	/**
	 * A request for a room.
	 *
	 * @param room the id
	 */
	record OfRoom(@Nullable String room) {

		String id() {
			if (this.room == null) {
				throw new RequestException(400, "the room is missing");
			}
			return this.room;
		}

	}

	/**
	 * A request for a list.
	 *
	 * @param kind the kind
	 * @param offset the number of rooms to skip; by default none
	 * @param limit the maximum number of rooms, up to 50, which is the default
	 */
	record ListRequest(@Nullable String kind, @Nullable Integer offset, @Nullable Integer limit) {
	}

	/**
	 * A part of a list.
	 *
	 * @param rooms the rooms
	 * @param total the number of all rooms
	 */
	record Page(List<RoomInfo> rooms, int total) {
	}

}
