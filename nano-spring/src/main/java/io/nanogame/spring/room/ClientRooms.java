package io.nanogame.spring.room;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.route.RequestException;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.SerializationException;
import io.nanogame.service.ServiceException;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets clients find and create rooms: {@code rooms.create}, {@code rooms.join},
 * {@code rooms.joinOrCreate}, {@code rooms.spectate} and {@code rooms.list}. Bodies are
 * JSON, or protobuf for clients with that serializer.
 */
@GameComponent("rooms")
public final class ClientRooms {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final int PAGE = 50;

	private final Rooms rooms;

	private final RoomAccess access;

	private final ClientMessages messages;

	/** Reads JSON. */
	private final PayloadReader reader;

	/**
	 * Creates the component.
	 * @param rooms the rooms
	 * @param access decides what clients may do
	 * @param messages writes the replies
	 */
	public ClientRooms(Rooms rooms, RoomAccess access, ClientMessages messages) {
		this.rooms = rooms;
		this.access = access;
		this.messages = messages;
		this.reader = messages.json().reader(RoomRequest.class);
	}

	@Handler
	CompletionStage<byte[]> create(Session session, byte[] body) {
		RoomRequest request = read(session, body);
		String kind = check(session, RoomAction.CREATE, request.kind());
		return checkNoSeat(session, kind).thenCompose((checked) -> this.rooms.create(kind, request.options()))
			.thenCompose((room) -> this.rooms.join(session, room.room()))
			.thenApply((room) -> write(session, room));
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
	CompletionStage<byte[]> join(Session session, byte[] body) {
		check(session, RoomAction.JOIN, "");
		return this.rooms.join(session, read(session, body).id()).thenApply((room) -> write(session, room));
	}

	@Handler
	CompletionStage<byte[]> joinOrCreate(Session session, byte[] body) {
		RoomRequest request = read(session, body);
		String kind = check(session, RoomAction.JOIN_OR_CREATE, request.kind());
		return this.rooms.joinOrCreate(session, kind, request.options()).thenApply((room) -> write(session, room));
	}

	@Handler
	CompletionStage<byte[]> spectate(Session session, byte[] body) {
		check(session, RoomAction.SPECTATE, "");
		return this.rooms.spectate(session, read(session, body).id()).thenApply((room) -> write(session, room));
	}

	@Handler
	CompletionStage<byte[]> list(Session session, byte[] body) {
		RoomRequest request = read(session, body);
		String kind = check(session, RoomAction.LIST, request.kind());
		int limit = (request.limit() != null) ? Math.max(0, Math.min(PAGE, request.limit())) : PAGE;
		int offset = (request.offset() != null) ? Math.max(0, request.offset()) : 0;
		return this.rooms.list(kind, (room) -> true, 0, Integer.MAX_VALUE)
			.thenApply((all) -> new Page(all.stream().skip(offset).limit(limit).toList(), all.size()))
			.thenApply((page) -> this.messages.write(page, session));
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

	private RoomRequest read(Session session, byte[] body) {
		try {
			return ClientMessages.isProtobuf(session) ? ProtobufRequests.read(body)
					: Objects.requireNonNullElse((RoomRequest) this.reader.read(body), RoomRequest.EMPTY);
		}
		catch (SerializationException ex) {
			throw new RequestException(400, "The body is not what this route expects", ex);
		}
	}

	private byte[] write(Session session, RoomInfo room) {
		return this.messages.write(new Found(room), session);
	}

	/**
	 * The reply with a room.
	 *
	 * @param json the room
	 */
	record Found(RoomInfo json) implements ClientMessage {

		@Override
		public void writeTo(ProtobufFields fields) {
			fields.text(1, this.json.room())
				.text(2, this.json.kind())
				.number(3, this.json.players())
				.number(4, this.json.seats())
				.number(5, this.json.spectators())
				.flag(6, this.json.locked())
				.object(7, this.json.metadata().isEmpty() ? null : JSON.valueToTree(this.json.metadata()));
		}

	}

	/**
	 * The reply with a part of a list.
	 *
	 * @param rooms the rooms
	 * @param total the number of all rooms
	 */
	record Page(List<RoomInfo> rooms, int total) implements ClientMessage {

		@Override
		public void writeTo(ProtobufFields fields) {
			fields.messages(1, this.rooms.stream().map(Found::new).toList()).number(2, this.total);
		}

	}

}
