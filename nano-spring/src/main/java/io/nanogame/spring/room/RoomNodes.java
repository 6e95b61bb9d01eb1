package io.nanogame.spring.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import io.nanogame.node.Node;
import io.nanogame.node.NodeSelectors;
import io.nanogame.service.ServiceException;
import io.nanogame.service.Services;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that have rooms. Thread-safe.
 */
final class RoomNodes {

	/** For the reply of a node, when all nodes are asked. */
	private static final Duration REPLY = Duration.ofSeconds(1);

	private static final Logger log = LoggerFactory.getLogger(RoomNodes.class);

	private final Supplier<RoomDesk> own;

	private final RoomKinds kinds;

	private final RoomParts parts;

	private final RoomIds ids;

	RoomNodes(RoomKinds kinds, RoomParts parts, RoomIds ids, Supplier<RoomDesk> own) {
		this.own = own;
		this.kinds = kinds;
		this.parts = parts;
		this.ids = ids;
	}

	/** Returns the rooms of a node. */
	RoomDesk at(String node) {
		return this.parts.network().nodes().get().self().id().equals(node) ? this.own.get()
				: this.parts.network().services().get().on(RoomDesk.class, node);
	}

	/**
	 * Returns the rooms of the node that has a room.
	 * @throws ServiceException when the node is not up
	 */
	RoomDesk of(String room) {
		return at(nodeOf(room));
	}

	/**
	 * Returns the node that has a room.
	 * @throws ServiceException when it is not up
	 */
	String nodeOf(String room) {
		String node = this.ids.node(room);
		if (node == null) {
			throw new ServiceException(404, "there is no such room");
		}
		return node;
	}

	/**
	 * Returns the node that selects rooms of a kind for players: the same on all nodes.
	 */
	RoomDesk selecting(String kind) {
		return at(NodeSelectors.consistentHash(kind).select(with(kind)).id());
	}

	/** Returns the node for a new room: one with few sessions. */
	RoomDesk place(String kind) {
		return at(NodeSelectors.leastSessions().select(with(kind)).id());
	}

	private List<Node> with(String kind) {
		List<Node> found = new ArrayList<>(this.parts.network().nodes().get().withComponent(kind));
		Node self = this.parts.network().nodes().get().self();
		if (this.kinds.has(kind) && (!self.leaving() || found.isEmpty())) {
			found.add(self);
		}
		if (found.isEmpty()) {
			throw new ServiceException(404, "there is no such kind of room");
		}
		return found;
	}

	/**
	 * Returns the rooms of a node, whose players do not wait long for a node that hangs.
	 */
	private RoomDesk quick(Node node) {
		RoomDesk desk = at(node.id());
		return Services.isCaller(desk) ? Services.withTimeout(desk, REPLY) : desk;
	}

	/** Lists the rooms of a kind on all nodes that reply. */
	CompletionStage<List<RoomInfo>> list(String kind) {
		return collect(kind, (desk) -> list(desk, kind, new ArrayList<>()));
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
		return collect(kind, (desk) -> desk.candidates(kind));
	}

	/**
	 * Finds the room of a kind in which a player has a place, on all nodes that reply.
	 */
	CompletionStage<List<RoomInfo>> findPlace(String kind, String player) {
		return collect(kind, (desk) -> desk.findPlace(kind, player));
	}

	private CompletionStage<List<RoomInfo>> collect(String kind,
			Function<RoomDesk, CompletionStage<List<RoomInfo>>> call) {
		List<CompletableFuture<List<RoomInfo>>> lists = with(kind).stream()
			.map((node) -> call.apply(quick(node)).toCompletableFuture().exceptionally((failure) -> {
				log.warn("The rooms of {} could not be listed: {}", node, failure.toString());
				return List.of();
			}))
			.toList();
		return CompletableFuture.allOf(lists.toArray(CompletableFuture<?>[]::new))
			.thenApply((done) -> lists.stream().flatMap((list) -> list.join().stream()).toList());
	}

}
