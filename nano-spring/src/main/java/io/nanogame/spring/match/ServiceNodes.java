package io.nanogame.spring.match;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.nanogame.node.Node;
import io.nanogame.node.Nodes;
import io.nanogame.service.NanoService;
import io.nanogame.service.Services;
import io.nanogame.spring.room.RoomParts;
import io.nanogame.spring.room.RoomParts.Network;

/**
 * The nodes of the cluster, which are called by services. Thread-safe.
 */
final class ServiceNodes implements MatchNodes {

	private static final Duration REPLY = Duration.ofSeconds(1);

	private static final String TICKETS = TicketDesk.class.getAnnotation(NanoService.class).value();

	private final Network network;

	private final QueueOwners owners;

	private volatile boolean gateway;

	/**
	 * Creates the nodes.
	 * @param parts the parts of the engine
	 * @param own the queues of this node
	 */
	ServiceNodes(RoomParts parts, List<QueueInfo> own) {
		this.network = parts.network();
		this.owners = new QueueOwners(this::nodes, own, (node) -> on(QueueDesk.class, node), parts.timers(),
				parts.lanes().workers());
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
		return this.owners.owner(queue);
	}

}
