package io.nanogame.spring.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.nanogame.node.Node;
import io.nanogame.node.NodeSelectors;
import io.nanogame.node.Nodes;
import io.nanogame.service.ServiceException;
import io.nanogame.service.Services;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The nodes that have rooms. Thread-safe.
 */
final class RoomNodes {

	/** For the reply of a node, when all nodes are asked. */
	private static final Duration REPLY = Duration.ofSeconds(1);

	private static final int NO_ROOM = 404;

	/** How often a room is looked for that leaves its node, and the pause between. */
	private static final int MOVE_POLLS = 15;

	private static final Duration MOVE_PAUSE = Duration.ofMillis(200);

	private static final Logger log = LoggerFactory.getLogger(RoomNodes.class);

	private final Supplier<RoomDesk> own;

	private final RoomKinds kinds;

	private final RoomParts parts;

	private final RoomIds ids;

	private final Predicate<String> isHere;

	private final MovedRooms moved = new MovedRooms();

	private final KnownKinds knownKinds;

	/**
	 * Creates the nodes.
	 * @param kinds the kinds of this node
	 * @param parts the parts of the engine
	 * @param ids the ids of rooms
	 * @param isHere returns whether this node has a room
	 * @param own the rooms of this node
	 */
	RoomNodes(RoomKinds kinds, RoomParts parts, RoomIds ids, Predicate<String> isHere, Supplier<RoomDesk> own) {
		this.own = own;
		this.kinds = kinds;
		this.parts = parts;
		this.ids = ids;
		this.isHere = isHere;
		this.knownKinds = new KnownKinds(kinds::has, parts.network().nodes(), parts.timers(), parts.lanes().workers());
	}

	/** Returns the rooms of a node. */
	RoomDesk at(String node) {
		return this.parts.network().nodes().get().self().id().equals(node) ? this.own.get()
				: this.parts.network().services().get().on(RoomDesk.class, node);
	}

	/**
	 * Calls the node that has a room: this one, the one on which the room was last, or
	 * the one that has created it. If that does not have the room, all nodes are asked.
	 * @return the result, with the node; fails with a {@link ServiceException}
	 */
	<T> CompletionStage<Located<T>> call(String room, Function<RoomDesk, CompletionStage<T>> call) {
		return call(room, call, MOVE_POLLS);
	}

	/** While a room leaves a node that is drained, no node may have it for a moment. */
	private <T> CompletionStage<Located<T>> call(String room, Function<RoomDesk, CompletionStage<T>> call, int polls) {
		String guess = guess(room);
		CompletionStage<Located<T>> first = (guess != null) ? callAt(guess, call)
				: CompletableFuture.failedStage(new ServiceException(NO_ROOM, "there is no such room"));
		return first.exceptionallyCompose(
				(failure) -> isMissing(failure) ? search(room, call, failure) : CompletableFuture.failedStage(failure))
			.exceptionallyCompose((failure) -> {
				boolean mayMove = polls > 0 && isMissing(failure) && guess != null && isLeaving(guess);
				return mayMove ? pause().thenCompose((ended) -> call(room, call, polls - 1))
						: CompletableFuture.failedStage(failure);
			});
	}

	private CompletionStage<@Nullable Void> pause() {
		CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
		this.parts.timers().after(MOVE_PAUSE, this.parts.lanes().workers(), () -> end.complete(null));
		return end;
	}

	private boolean isLeaving(String node) {
		return this.parts.network().nodes().get().find(node).filter(Node::leaving).isPresent();
	}

	/** Returns the node that has a room as far as it is known, or null. */
	private @Nullable String guess(String room) {
		Nodes nodes = this.parts.network().nodes().get();
		if (this.isHere.test(room)) {
			return nodes.self().id();
		}
		String last = this.moved.node(room);
		return (last != null && nodes.isUp(last)) ? last : this.ids.node(room);
	}

	private <T> CompletionStage<Located<T>> callAt(String node, Function<RoomDesk, CompletionStage<T>> call) {
		try {
			return call.apply(at(node)).thenApply((result) -> new Located<>(node, result));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	/** Asks all other nodes once. */
	private <T> CompletionStage<Located<T>> search(String room, Function<RoomDesk, CompletionStage<T>> call,
			Throwable failure) {
		return collect(hosts(), (desk) -> desk.has(room).thenApply((has) -> has ? List.of(room) : List.of()))
			.thenCompose((found) -> {
				if (found.isEmpty()) {
					this.moved.remove(room);
					return CompletableFuture.failedStage(failure);
				}
				String node = found.get(0).node();
				moved(room, node);
				return callAt(node, call);
			});
	}

	private static boolean isMissing(Throwable failure) {
		for (Throwable each = failure; each != null; each = each.getCause()) {
			if (each instanceof ServiceException known) {
				return known.code() == NO_ROOM || known.code() == ServiceException.NOT_THERE;
			}
		}
		return false;
	}

	/** A room is on a node. */
	void moved(String room, String node) {
		if (node.equals(this.ids.node(room))) {
			this.moved.remove(room);
		}
		else {
			this.moved.put(room, node);
		}
	}

	/** Waits until a node with a kind is known, or none has it. */
	CompletionStage<Boolean> known(String kind) {
		return this.knownKinds.await(kind);
	}

	/**
	 * Returns the node that selects rooms of a kind for players: the same on all nodes.
	 */
	RoomDesk selecting(String kind) {
		return at(NodeSelectors.consistentHash(kind).select(with(kind)).id());
	}

	/**
	 * Returns the node for a new room.
	 * @param kind the kind of the room
	 * @param options its options as JSON
	 */
	RoomDesk place(String kind, String options) {
		return at(place(kind, this.parts.mapper().readTree(options), with(kind)));
	}

	/** Returns whether another node has a kind of room. */
	boolean isElsewhere(String kind) {
		return !this.parts.network().nodes().get().withComponent(kind).isEmpty();
	}

	/** Returns the id of another node for a room of this one, or null. */
	@Nullable String placeElsewhere(String kind, JsonNode options) {
		List<Node> found = this.parts.network().nodes().get().withComponent(kind);
		return found.isEmpty() ? null : place(kind, options, found);
	}

	private String place(String kind, JsonNode options, List<Node> candidates) {
		try {
			Node selected = this.parts.placement().select(kind, options, candidates);
			if (candidates.contains(selected)) {
				return selected.id();
			}
			log.error("A room of the kind '{}' cannot be placed on {}, which is no candidate", kind, selected);
		}
		catch (RuntimeException ex) {
			log.error("The placement of a room of the kind '{}' has failed; another node is selected", kind, ex);
		}
		return RoomPlacement.LEAST_SESSIONS.select(kind, options, candidates).id();
	}

	private List<Node> with(String kind) {
		List<Node> found = new ArrayList<>(this.parts.network().nodes().get().withComponent(kind));
		Node self = this.parts.network().nodes().get().self();
		if (this.kinds.has(kind) && (!self.leaving() || found.isEmpty())) {
			found.add(self);
		}
		if (found.isEmpty()) {
			throw this.parts.network().nodes().get().isKnown(kind)
					? new ServiceException(ServiceException.NOT_THERE, "no server has this kind of room right now")
					: new ServiceException(404, "there is no such kind of room");
		}
		return found;
	}

	/**
	 * Returns the rooms of a node, whose players do not wait long for a node that hangs.
	 */
	RoomDesk quick(String node) {
		RoomDesk desk = at(node);
		return Services.isCaller(desk) ? Services.withTimeout(desk, REPLY) : desk;
	}

	/**
	 * Returns the other nodes that have rooms of any kind, also those that are drained.
	 */
	private List<Node> hosts() {
		return this.parts.network()
			.nodes()
			.get()
			.others()
			.stream()
			.filter((node) -> node.services().contains(RoomDesk.NAME))
			.toList();
	}

	/** Lists the rooms of a kind on all nodes that reply. */
	CompletionStage<List<RoomInfo>> list(String kind) {
		return rooms(with(kind), (desk) -> list(desk, kind, new ArrayList<>()));
	}

	private static CompletionStage<List<RoomInfo>> list(RoomDesk desk, String kind, List<RoomInfo> listed) {
		String last = listed.isEmpty() ? "" : listed.get(listed.size() - 1).room();
		return desk.list(kind, last).thenCompose((page) -> {
			listed.addAll(page.rooms());
			return page.more() ? list(desk, kind, listed) : CompletableFuture.completedStage(listed);
		});
	}

	/** Lists rooms that a player can join, on all nodes that reply. */
	CompletionStage<List<RoomInfo>> candidates(String kind) {
		return rooms(with(kind), (desk) -> desk.candidates(kind));
	}

	/**
	 * Finds the room of a kind in which a player has a place, on all nodes that reply,
	 * also those that are drained.
	 */
	CompletionStage<List<RoomInfo>> findPlace(String kind, String player) {
		List<Node> nodes = new ArrayList<>(
				hosts().stream().filter((node) -> node.components().contains(kind)).toList());
		if (this.kinds.has(kind)) {
			nodes.add(this.parts.network().nodes().get().self());
		}
		return rooms(nodes, (desk) -> desk.findPlace(kind, player));
	}

	private CompletionStage<List<RoomInfo>> rooms(List<Node> nodes,
			Function<RoomDesk, CompletionStage<List<RoomInfo>>> call) {
		return collect(nodes, call).thenApply((found) -> {
			found.forEach((room) -> moved(room.result().room(), room.node()));
			return found.stream().map(Located::result).toList();
		});
	}

	private <T> CompletionStage<List<Located<T>>> collect(List<Node> nodes,
			Function<RoomDesk, CompletionStage<List<T>>> call) {
		List<CompletableFuture<List<Located<T>>>> lists = nodes.stream().map((node) -> collect(node, call)).toList();
		return CompletableFuture.allOf(lists.toArray(CompletableFuture<?>[]::new))
			.thenApply((done) -> lists.stream().flatMap((list) -> list.join().stream()).toList());
	}

	private <T> CompletableFuture<List<Located<T>>> collect(Node node,
			Function<RoomDesk, CompletionStage<List<T>>> call) {
		return call.apply(quick(node.id()))
			.thenApply((list) -> list.stream().map((one) -> new Located<>(node.id(), one)).toList())
			.toCompletableFuture()
			.exceptionally((failure) -> {
				log.warn("The rooms of {} could not be listed: {}", node, failure.toString());
				return List.of();
			});
	}

}
