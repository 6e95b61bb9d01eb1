package io.nanogame.spring.room;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

import io.nanogame.spring.room.RoomTransfer.Contents;
import io.nanogame.spring.room.RoomTransfer.Header;
import tools.jackson.databind.JsonNode;

/**
 * The rooms of this node, for all nodes. Thread-safe.
 */
final class LocalDesk implements RoomDesk {

	/** The approximate length of a page of a list in bytes; messages may be longer. */
	private static final int PAGE_LENGTH = 256 * 1024;

	/** How many rooms of each node a player tries to join. */
	private static final int MAX_CANDIDATES = 20;

	private static final Comparator<RoomInfo> FULLEST_FIRST = Comparator.comparingInt(RoomInfo::players)
		.reversed()
		.thenComparing(RoomInfo::room);

	private final RoomKinds kinds;

	private final RoomHost host;

	private final RoomParts parts;

	private final RoomNodes nodes;

	private final Arrivals arrivals;

	/** The ends of the last call of {@link #joinOrCreate}, by kind. */
	private final Map<String, CompletableFuture<?>> last = new ConcurrentHashMap<>();

	LocalDesk(RoomKinds kinds, RoomHost host, RoomParts parts, RoomNodes nodes, Arrivals arrivals) {
		this.kinds = kinds;
		this.host = host;
		this.parts = parts;
		this.nodes = nodes;
		this.arrivals = arrivals;
	}

	@Override
	public CompletionStage<RoomInfo> create(String kind, String options) {
		JsonNode read = this.parts.mapper().readTree(options);
		return this.host.create(this.kinds.get(kind), read);
	}

	@Override
	public CompletionStage<Boolean> has(String room) {
		return CompletableFuture.completedFuture(this.arrivals.isHere(room));
	}

	@Override
	public CompletionStage<RoomInfo> find(String room) {
		return at(room, (found) -> found.listing().info());
	}

	@Override
	public CompletionStage<RoomInfo> reserve(String room, String player, boolean spectator) {
		return at(room, (found) -> found.reserving().reserve(player, spectator));
	}

	@Override
	public CompletionStage<Boolean> giveUp(String room, String player) {
		return at(room, (found) -> {
			found.reserving().giveUp(player);
			return true;
		});
	}

	/** Calls a room, at the latest when it has moved to this node. */
	private <T> CompletionStage<T> at(String room, Function<HostedRoom<?>, T> call) {
		Arrival arrival = this.arrivals.find(room);
		return (arrival != null) ? arrival.opened()
			.handle((opened, failure) -> this.host.at(room, call))
			.thenCompose(Function.identity()) : this.host.at(room, call);
	}

	// Rooms that move to this node

	@Override
	public CompletionStage<Boolean> expect(Header header) {
		this.arrivals.expect(header);
		return CompletableFuture.completedFuture(true);
	}

	@Override
	public CompletionStage<List<Long>> awaitArrivals(String room, List<Long> sessions) {
		return this.arrivals.get(room).await(sessions);
	}

	@Override
	public CompletionStage<Boolean> open(String room, long epoch, Contents contents) {
		return this.arrivals.open(room, epoch, contents);
	}

	@Override
	public CompletionStage<Boolean> cancel(String room, long epoch) {
		this.arrivals.cancel(room, epoch);
		return CompletableFuture.completedFuture(true);
	}

	// Lists

	@Override
	public CompletionStage<Page> list(String kind, String after) {
		List<RoomInfo> page = new ArrayList<>();
		int length = 0;
		for (HostedRoom<?> room : rooms(kind).filter((one) -> one.id().compareTo(after) > 0)
			.sorted(Comparator.comparing(HostedRoom::id))
			.toList()) {
			RoomInfo listed = room.listing().listed();
			if (listed != null) {
				length += room.listing().length();
				if (length > PAGE_LENGTH && !page.isEmpty()) {
					return CompletableFuture.completedFuture(new Page(page, true));
				}
				page.add(listed);
			}
		}
		return CompletableFuture.completedFuture(new Page(page, false));
	}

	@Override
	public CompletionStage<List<RoomInfo>> candidates(String kind) {
		return CompletableFuture.completedFuture(rooms(kind).map((room) -> room.listing().listed())
			.filter(Objects::nonNull)
			.filter(RoomInfo::hasRoom)
			.sorted(FULLEST_FIRST)
			.limit(MAX_CANDIDATES)
			.map(RoomInfo::withoutMetadata)
			.toList());
	}

	private Stream<HostedRoom<?>> rooms(String kind) {
		return this.host.rooms().stream().filter((room) -> room.kind().equals(kind));
	}

	@Override
	public CompletionStage<List<RoomInfo>> findPlace(String kind, String player) {
		HostedRoom<?> room = this.kinds.get(kind).places().room(player);
		return (room != null) ? find(room.id()).thenApply(List::of) : CompletableFuture.completedFuture(List.of());
	}

	@Override
	public CompletionStage<Boolean> close(String room, String message) {
		return at(room, (found) -> {
			found.close(message);
			return true;
		});
	}

	// Joining any room

	/**
	 * One after the other for each kind, so that the next player sees the reservation.
	 * Each begins on a new stack, so that any number can wait.
	 */
	@Override
	public CompletionStage<Placed> joinOrCreate(String kind, String player, String options) {
		CompletableFuture<Placed> result = new CompletableFuture<>();
		CompletableFuture<?> before = this.last.put(kind, result);
		CompletionStage<?> turn = (before != null)
				? before.handleAsync((same, failure) -> null, this.parts.lanes().workers())
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

	private CompletionStage<Placed> join(String kind, String player, String options) {
		return this.nodes.findPlace(kind, player)
			.thenCombine(this.nodes.candidates(kind), LocalDesk::candidates)
			.thenCompose((rooms) -> join(rooms, 0, kind, player, options));
	}

	/** Returns the room in which the player has a place, then the fullest ones. */
	private static List<RoomInfo> candidates(List<RoomInfo> own, List<RoomInfo> all) {
		return Stream.concat(own.stream(), all.stream().sorted(FULLEST_FIRST)).toList();
	}

	private CompletionStage<Placed> join(List<RoomInfo> rooms, int index, String kind, String player, String options) {
		if (index == rooms.size()) {
			return this.nodes.place(kind, options)
				.create(kind, options)
				.thenCompose((room) -> reserve(room.room(), player));
		}
		String room = rooms.get(index).room();
		return reserve(room, player).handle((joined, failure) -> {
			if (failure == null) {
				return CompletableFuture.completedStage(joined);
			}
			return Reserving.isSeated(failure) ? CompletableFuture.<Placed>failedStage(failure)
					: join(rooms, index + 1, kind, player, options);
		}).thenCompose((stage) -> stage);
	}

	private CompletionStage<Placed> reserve(String room, String player) {
		return this.nodes.call(room, (desk) -> desk.reserve(room, player, false))
			.thenApply((reserved) -> new Placed(reserved.result(), reserved.node()));
	}

}
