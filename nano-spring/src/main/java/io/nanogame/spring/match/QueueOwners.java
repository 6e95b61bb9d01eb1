package io.nanogame.spring.match;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

import io.nanogame.lane.Timers;
import io.nanogame.node.Node;
import io.nanogame.node.NodeSelectors;
import io.nanogame.node.Nodes;
import io.nanogame.service.NanoService;
import io.nanogame.service.ServiceException;
import io.nanogame.spring.match.MatchNodes.Owner;
import io.nanogame.spring.room.NodeSearch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the nodes that match the players of queues. Thread-safe.
 */
final class QueueOwners {

	private static final Logger log = LoggerFactory.getLogger(QueueOwners.class);

	private static final String SERVICE = QueueDesk.class.getAnnotation(NanoService.class).value();

	/** Less than a player waits for the reply to {@link Matchmaker#enqueue}. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private final Supplier<Nodes> nodes;

	private final List<QueueInfo> own;

	private final Function<String, QueueDesk> desks;

	private final NodeSearch search;

	/**
	 * The queues of other nodes, by the ids of nodes, which never have others. A query
	 * that has failed is repeated.
	 */
	private final Map<String, CompletableFuture<List<QueueInfo>>> queues = new ConcurrentHashMap<>();

	/** The names of the queues that nodes have or had. */
	private final Set<String> known = ConcurrentHashMap.newKeySet();

	/**
	 * Creates an object that asks other nodes.
	 * @param nodes the nodes
	 * @param own the queues of this node
	 * @param desks returns the queues of a node
	 * @param timers for a wait until other nodes are known
	 * @param workers on which the wait ends
	 */
	QueueOwners(Supplier<Nodes> nodes, List<QueueInfo> own, Function<String, QueueDesk> desks, Timers timers,
			Executor workers) {
		this.nodes = nodes;
		this.own = own;
		this.desks = desks;
		this.search = new NodeSearch(nodes, timers, workers, PATIENCE);
	}

	/** See {@link MatchNodes#owner}. */
	CompletionStage<Owner> owner(String queue) {
		return this.search.repeat(() -> search(queue), Objects::nonNull).thenApply((found) -> {
			if (found == null) {
				throw missing(queue);
			}
			return found;
		});
	}

	private CompletionStage<@Nullable Owner> search(String queue) {
		List<Node> hosts = hosts();
		this.queues.keySet().removeIf((node) -> hosts.stream().noneMatch((host) -> host.id().equals(node)));
		List<CompletableFuture<List<QueueInfo>>> replies = hosts.stream().map(this::queues).toList();
		return CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new))
			.handle((done, failure) -> find(queue, hosts, replies));
	}

	private @Nullable Owner find(String queue, List<Node> hosts, List<CompletableFuture<List<QueueInfo>>> replies) {
		Map<Node, QueueInfo> found = new LinkedHashMap<>();
		for (int i = 0; i < hosts.size(); i++) {
			for (QueueInfo info : replies.get(i).exceptionally((failure) -> List.of()).join()) {
				this.known.add(info.queue());
				if (info.queue().equals(queue)) {
					found.put(hosts.get(i), info);
				}
			}
		}
		if (found.isEmpty()) {
			return null;
		}
		// Nodes may define the queue differently, during an update.
		Node owner = NodeSelectors.consistentHash("match/" + queue).select(List.copyOf(found.keySet()));
		return new Owner(found.get(owner), owner.id(), this.desks.apply(owner.id()));
	}

	private ServiceException missing(String queue) {
		if (!this.queues.values().stream().allMatch(QueueOwners::hasReplied)) {
			return new ServiceException(ServiceException.NOT_THERE, "a node with queues cannot be reached");
		}
		return this.known.contains(queue)
				? new ServiceException(ServiceException.NOT_THERE, "no server has this queue right now")
				: new ServiceException(404, "there is no queue of the name '%s'".formatted(queue));
	}

	private static boolean hasReplied(CompletableFuture<?> reply) {
		return reply.isDone() && !reply.isCompletedExceptionally();
	}

	/**
	 * Returns the nodes with queues; this one, if it stops, only if there is no other.
	 */
	private List<Node> hosts() {
		List<Node> hosts = new ArrayList<>(this.nodes.get()
			.others()
			.stream()
			.filter((node) -> node.services().contains(SERVICE) && !node.leaving())
			.toList());
		Node self = this.nodes.get().self();
		if (!this.own.isEmpty() && (!self.leaving() || hosts.isEmpty())) {
			hosts.add(self);
		}
		return hosts;
	}

	private CompletableFuture<List<QueueInfo>> queues(Node node) {
		if (node.id().equals(this.nodes.get().self().id())) {
			return CompletableFuture.completedFuture(this.own);
		}
		CompletableFuture<List<QueueInfo>> known = this.queues.get(node.id());
		return (known != null && !known.isCompletedExceptionally()) ? known : query(node.id());
	}

	private CompletableFuture<List<QueueInfo>> query(String node) {
		CompletableFuture<List<QueueInfo>> reply = this.desks.apply(node).queues().toCompletableFuture();
		this.queues.put(node, reply);
		reply.whenComplete((found, failure) -> {
			if (failure != null) {
				log.warn("The queues of node {} are unknown: {}", node, failure.toString());
			}
		});
		return reply;
	}

}
