package io.nanogame.spring.room;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rooms of all nodes. Thread-safe.
 */
final class ClusterRooms implements Rooms {

	private static final int MAX_LIMIT = 1000;

	private final RoomNodes nodes;

	private final RoomParts parts;

	ClusterRooms(RoomNodes nodes, RoomParts parts) {
		this.nodes = nodes;
		this.parts = parts;
	}

	@Override
	public CompletionStage<RoomInfo> create(String kind, @Nullable Object options) {
		return ofKind(kind, () -> {
			String written = json(options);
			return this.nodes.place(kind, written).create(kind, written);
		});
	}

	@Override
	public CompletionStage<RoomInfo> find(String room) {
		return this.nodes.call(room, (desk) -> desk.find(room)).thenApply(Located::result);
	}

	@Override
	public CompletionStage<List<RoomInfo>> list(String kind, Predicate<RoomInfo> filter, int offset, int limit) {
		if (offset < 0 || limit < 0) {
			throw new IllegalArgumentException("offset and limit must not be negative");
		}
		return ofKind(kind, () -> this.nodes.list(kind)).thenApply((rooms) -> rooms.stream()
			.filter(filter)
			.sorted(Comparator.comparing(RoomInfo::room))
			.skip(offset)
			.limit(Math.min(limit, MAX_LIMIT))
			.toList());
	}

	@Override
	public CompletionStage<RoomInfo> join(Session player, String room) {
		return reserve(player, room, false);
	}

	@Override
	public CompletionStage<RoomInfo> spectate(Session spectator, String room) {
		return reserve(spectator, room, true);
	}

	private CompletionStage<RoomInfo> reserve(Session session, String room, boolean spectator) {
		String key = Seat.key(session);
		return this.nodes.call(room, (desk) -> desk.reserve(room, key, spectator))
			.thenCompose((reserved) -> giveUpOther(session, reserved.result()).thenApply((same) -> reserved))
			.thenApply((reserved) -> enter(session, reserved.result(), reserved.node()));
	}

	/**
	 * Each node sees only its own rooms, so the player may have a place on another one.
	 */
	private CompletionStage<RoomInfo> giveUpOther(Session session, RoomInfo reserved) {
		String other = CurrentRooms.find(session, reserved.kind());
		if (other.isEmpty() || other.equals(reserved.room())) {
			return CompletableFuture.completedStage(reserved);
		}
		return giveUp(session, other).handle((done, failure) -> {
			if (Reserving.isSeated(failure)) {
				giveUp(session, reserved.room());
				return CompletableFuture.<RoomInfo>failedStage(failure);
			}
			return CompletableFuture.completedStage(reserved);
		}).thenCompose((stage) -> stage);
	}

	private CompletionStage<Boolean> giveUp(Session session, String room) {
		String key = Seat.key(session);
		return this.nodes.call(room, (desk) -> desk.giveUp(room, key)).thenApply(Located::result);
	}

	private RoomInfo enter(Session session, RoomInfo room, String node) {
		CurrentRooms.enter(session, room.kind(), room.room(), node, this.parts.network().routing().get());
		return room;
	}

	@Override
	public CompletionStage<RoomInfo> joinOrCreate(Session player, String kind, @Nullable Object options) {
		String current = CurrentRooms.find(player, kind);
		if (current.isEmpty()) {
			return joinAny(player, kind, options);
		}
		return join(player, current)
			.handle((room, failure) -> (failure == null) ? CompletableFuture.completedStage(room)
					: joinAny(player, kind, options))
			.thenCompose((stage) -> stage);
	}

	private CompletionStage<RoomInfo> joinAny(Session player, String kind, @Nullable Object options) {
		return ofKind(kind, () -> this.nodes.selecting(kind).joinOrCreate(kind, Seat.key(player), json(options)))
			.thenApply((placed) -> enter(player, placed.room(), placed.node()));
	}

	@Override
	public CompletionStage<Void> close(String room, String message) {
		return this.nodes.call(room, (desk) -> desk.close(room, message)).thenAccept((closed) -> {
		});
	}

	private String json(@Nullable Object options) {
		boolean isNull = options == null || options instanceof JsonNode node && node.isNull();
		return isNull ? "{}" : this.parts.mapper().writeValueAsString(options);
	}

	private <T> CompletionStage<T> ofKind(String kind, Supplier<CompletionStage<T>> call) {
		return this.nodes.known(kind).thenCompose((known) -> call.get());
	}

}
