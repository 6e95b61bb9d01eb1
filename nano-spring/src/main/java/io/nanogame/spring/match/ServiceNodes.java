package io.nanogame.spring.match;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.node.Node;
import io.nanogame.node.NodeSelectors;
import io.nanogame.node.Nodes;
import io.nanogame.service.NanoService;
import io.nanogame.service.ServiceException;
import io.nanogame.service.Services;
import io.nanogame.spring.room.RoomParts.Network;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes of the cluster, which are called by services. Thread-safe.
 */
final class ServiceNodes implements MatchNodes {

	private static final Duration REPLY = Duration.ofSeconds(1);

	private static final Logger log = LoggerFactory.getLogger(ServiceNodes.class);

	private static final String TICKETS = TicketDesk.class.getAnnotation(NanoService.class).value();

	private static final String QUEUES = QueueDesk.class.getAnnotation(NanoService.class).value();

	private final Network network;

	private final List<QueueInfo> own;

	private volatile boolean gateway;

	/**
	 * The queues of other nodes, by the ids of nodes, which never have others. A query
	 * that has failed is repeated.
	 */
	private final Map<String, CompletableFuture<List<QueueInfo>>> queues = new ConcurrentHashMap<>();

	/**
	 * Creates the nodes.
	 * @param network the parts that span nodes
	 * @param own the queues of this node
	 */
	ServiceNodes(Network network, List<QueueInfo> own) {
		this.network = network;
		this.own = own;
	}

	/** Sets whether this node has tickets. */
	void gateway(boolean isGateway) {
		this.gateway = isGateway;
	}

	boolean isGateway() {
		return this.gateway;
	}

	private Nodes nodes() {
		return this.network.nodes().get();
	}

	private Services services() {
		return this.network.services().get();
	}

	@Override
	public String self() {
		return nodes().self().id();
	}

	@Override
	public List<String> gateways() {
		List<String> found = new ArrayList<>();
		if (this.gateway) {
			found.add(self());
		}
		nodes().others().stream().filter((node) -> node.services().contains(TICKETS)).map(Node::id).forEach(found::add);
		return found;
	}

	@Override
	public boolean accepts(String node) {
		return node.equals(self()) || nodes().find(node).filter((found) -> !found.leaving()).isPresent();
	}

	@Override
	public TicketDesk tickets(String node) {
		return on(TicketDesk.class, node);
	}

	@Override
	public TicketDesk allTickets() {
		return services().all(TicketDesk.class);
	}

	/** A server alone has services, but none on a node. */
	private <T> T on(Class<T> type, String node) {
		return Services.withTimeout(self().equals(node) ? services().any(type) : services().on(type, node), REPLY);
	}

	@Override
	public CompletionStage<Owner> owner(String queue) {
		List<Node> hosts = hosts();
		this.queues.keySet().removeIf((node) -> hosts.stream().noneMatch((host) -> host.id().equals(node)));
		List<CompletableFuture<List<QueueInfo>>> replies = hosts.stream().map(this::queues).toList();
		return CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new))
			.handle((done, failure) -> owner(queue, hosts, replies));
	}

	private Owner owner(String queue, List<Node> hosts, List<CompletableFuture<List<QueueInfo>>> replies) {
		List<Node> owners = new ArrayList<>();
		QueueInfo info = null;
		boolean areAll = true;
		for (int i = 0; i < hosts.size(); i++) {
			areAll &= !replies.get(i).isCompletedExceptionally();
			for (QueueInfo found : replies.get(i).exceptionally((failure) -> List.of()).join()) {
				if (found.queue().equals(queue)) {
					owners.add(hosts.get(i));
					info = found;
				}
			}
		}
		if (info == null) {
			throw areAll ? new ServiceException(404, "there is no queue of the name '%s'".formatted(queue))
					: new ServiceException(ServiceException.NOT_THERE, "a node with queues cannot be reached");
		}
		String owner = NodeSelectors.consistentHash("match/" + queue).select(owners).id();
		return new Owner(info, owner, on(QueueDesk.class, owner));
	}

	/**
	 * Returns the nodes with queues; this one, if it stops, only if there is no other.
	 */
	private List<Node> hosts() {
		List<Node> hosts = new ArrayList<>(nodes().others()
			.stream()
			.filter((node) -> node.services().contains(QUEUES) && !node.leaving())
			.toList());
		Node self = nodes().self();
		if (!this.own.isEmpty() && (!self.leaving() || hosts.isEmpty())) {
			hosts.add(self);
		}
		return hosts;
	}

	private CompletableFuture<List<QueueInfo>> queues(Node node) {
		if (node.id().equals(self())) {
			return CompletableFuture.completedFuture(this.own);
		}
		CompletableFuture<List<QueueInfo>> known = this.queues.get(node.id());
		return (known != null && !known.isCompletedExceptionally()) ? known : query(node.id());
	}

	private CompletableFuture<List<QueueInfo>> query(String node) {
		CompletableFuture<List<QueueInfo>> reply = on(QueueDesk.class, node).queues().toCompletableFuture();
		this.queues.put(node, reply);
		reply.whenComplete((found, failure) -> {
			if (failure != null) {
				log.warn("The queues of node {} are unknown: {}", node, failure.toString());
			}
		});
		return reply;
	}

}
