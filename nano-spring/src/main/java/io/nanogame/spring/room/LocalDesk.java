package io.nanogame.spring.room;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.nanogame.service.ServiceException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rooms of this node, for all nodes. Thread-safe.
 */
final class LocalDesk implements RoomDesk {

	private final RoomKinds kinds;

	private final RoomHost host;

	private final RoomParts parts;

	private final RoomNodes nodes;

	/** The ends of the last call of {@link #joinOrCreate}, by kind. */
	private final Map<String, CompletableFuture<?>> last = new ConcurrentHashMap<>();

	LocalDesk(RoomKinds kinds, RoomHost host, RoomParts parts, RoomNodes nodes) {
		this.kinds = kinds;
		this.host = host;
		this.parts = parts;
		this.nodes = nodes;
	}

	@Override
	public CompletionStage<RoomInfo> create(String kind, String options) {
		JsonNode read = this.parts.mapper().readTree(options);
		return this.host.create(this.kinds.get(kind), read);
	}

	@Override
	public CompletionStage<RoomInfo> find(String room) {
		return this.host.at(room, (found) -> found.listing().info());
	}

	@Override
	public CompletionStage<RoomInfo> reserve(String room, String player, boolean spectator) {
		return this.host.at(room, (found) -> found.reserving().reserve(player, spectator));
	}

	@Override
	public CompletionStage<List<RoomInfo>> list(String kind) {
		return CompletableFuture.completedFuture(this.host.rooms()
			.stream()
			.filter((room) -> room.kind().equals(kind))
			.map((room) -> room.listing().listed())
			.filter(Objects::nonNull)
			.toList());
	}

	@Override
	public CompletionStage<List<RoomInfo>> findPlace(String kind, String player) {
		HostedRoom<?> room = this.kinds.get(kind).places().room(player);
		return (room != null) ? find(room.id()).thenApply(List::of) : CompletableFuture.completedFuture(List.of());
	}

	@Override
	public CompletionStage<Boolean> close(String room, String message) {
		return this.host.at(room, (found) -> {
			found.close(message);
			return true;
		});
	}

	// Joining any room

	/**
	 * One after the other for each kind, so that the next player sees the reservation.
	 */
	@Override
	public CompletionStage<RoomInfo> joinOrCreate(String kind, String player, String options) {
		CompletableFuture<RoomInfo> result = new CompletableFuture<>();
		CompletableFuture<?> before = this.last.put(kind, result);
		CompletionStage<?> turn = (before != null) ? before.handle((same, failure) -> null)
				: CompletableFuture.completedFuture(null);
		turn.thenCompose((same) -> join(kind, player, options)).whenComplete((room, failure) -> {
			this.last.remove(kind, result);
			if (failure != null) {
				result.completeExceptionally(failure);
			}
			else {
				result.complete(room);
			}
		});
		return result;
	}

	private CompletionStage<RoomInfo> join(String kind, String player, String options) {
		return this.nodes.findPlace(kind, player)
			.thenCombine(this.nodes.list(kind), LocalDesk::candidates)
			.thenCompose((rooms) -> join(rooms, 0, kind, player, options));
	}

	/** Returns the room in which the player has a place, then the fullest ones. */
	private static List<RoomInfo> candidates(List<RoomInfo> own, List<RoomInfo> all) {
		Stream<RoomInfo> free = all.stream()
			.filter(RoomInfo::hasRoom)
			.sorted(Comparator.comparingInt(RoomInfo::players).reversed().thenComparing(RoomInfo::room));
		return Stream.concat(own.stream(), free).toList();
	}

	private CompletionStage<RoomInfo> join(List<RoomInfo> rooms, int index, String kind, String player,
			String options) {
		if (index == rooms.size()) {
			return this.nodes.place(kind)
				.create(kind, options)
				.thenCompose((room) -> this.nodes.of(room.room()).reserve(room.room(), player, false));
		}
		String room = rooms.get(index).room();
		return this.nodes.of(room).reserve(room, player, false).handle((joined, failure) -> {
			if (failure == null) {
				return CompletableFuture.completedStage(joined);
			}
			return isOfPlayer(failure) ? CompletableFuture.<RoomInfo>failedStage(failure)
					: join(rooms, index + 1, kind, player, options);
		}).thenCompose((stage) -> stage);
	}

	/** A player who has a seat in another room cannot join any. */
	private static boolean isOfPlayer(@Nullable Throwable failure) {
		for (Throwable each = failure; each != null; each = each.getCause()) {
			if (each instanceof ServiceException known) {
				return known.code() == Reserving.SEATED;
			}
		}
		return false;
	}

}
