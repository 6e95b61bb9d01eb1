package io.nanogame.spring.match;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Timers;
import io.nanogame.service.ServiceException;
import io.nanogame.spring.match.ModelNetwork.Target;
import io.nanogame.spring.match.TicketDesk.Place;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node of a model: a gateway with players, the owner of queues, or both.
 */
final class ModelNode implements MatchNodes, OwnPlayers {

	static final List<QueueInfo> QUEUES = List.of(new QueueInfo("duel", "arena", 2, 60_000),
			new QueueInfo("squad", "field", 4, 60_000), new QueueInfo("rush", "arena", 3, 20_000));

	/** The least of the numbers with which rooms are created. */
	private static final int FINE = 3;

	private final String id;

	private final ModelCluster cluster;

	private final MatchLane lane;

	private final Map<String, ModelPlayer> players = new HashMap<>();

	final LocalTickets tickets;

	final @Nullable LocalQueues queues;

	private boolean up = true;

	/** Whether the node is drained, so that other nodes do not call it. */
	boolean drained;

	/** Whether it does not notice that another node owns a queue. */
	boolean isSplit;

	ModelNode(String id, ModelCluster cluster, boolean ownsQueues) {
		this.id = id;
		this.cluster = cluster;
		ModelNetwork network = cluster.network;
		Lane own = new Lane(id, network::execute, Integer.MAX_VALUE);
		Timers timers = new Timers(own, Duration.ofMillis(1), network.time);
		this.lane = new MatchLane(own, timers);
		this.tickets = new LocalTickets(this, this, this.lane,
				new LocalTickets.Parts(JsonMapper.shared(), MatchObserver.NONE, () -> cluster.nextId("t")));
		this.queues = ownsQueues ? new LocalQueues(QUEUES.stream().map((info) -> queue(info, timers)).toList()) : null;
	}

	private OwnedQueue queue(QueueInfo info, Timers timers) {
		MatchLane own = new MatchLane(new Lane(info.queue(), this.cluster.network::execute, Integer.MAX_VALUE), timers);
		return new OwnedQueue(info, new ModelRule(), this, own, new OwnedQueue.Parts(JsonMapper.shared(), this::open,
				MatchObserver.NONE, () -> this.cluster.nextId("m"), this.cluster.network.random));
	}

	private CompletionStage<Place> open(String kind, @Nullable Object options, List<String> uids) {
		CompletableFuture<Place> room = new CompletableFuture<>();
		int fate = this.cluster.network.isLossy ? this.cluster.network.random.nextInt(40) : FINE;
		if (fate == 0) {
			return room; // never
		}
		this.cluster.network.after(1, () -> {
			if (fate < FINE) {
				room.completeExceptionally(new ServiceException(429, "too many rooms"));
			}
			else {
				room.complete(new Place(this.cluster.nextId("r"), kind, this.id));
			}
		});
		return room;
	}

	MatchLane lane() {
		return this.lane;
	}

	boolean isUp() {
		return this.up;
	}

	boolean isReachableFrom(ModelNode from) {
		return from == this || !this.drained;
	}

	void kill() {
		this.up = false;
		this.players.values().forEach((player) -> player.isAlive = false);
		this.players.clear();
	}

	// Players

	void add(ModelPlayer player) {
		this.players.put(player.uid(), player);
		this.tickets.arrived(player.uid());
	}

	void remove(ModelPlayer player) {
		this.players.remove(player.uid());
	}

	/** The session of a player ends. */
	void end(ModelPlayer player) {
		remove(player);
		player.isAlive = false;
		this.tickets.left(player.uid(), player.state());
	}

	boolean isEmpty() {
		return this.players.isEmpty();
	}

	boolean has(ModelPlayer player) {
		return this.players.containsKey(player.uid());
	}

	@Override
	public <T> @Nullable T with(String uid, long session, Function<OwnPlayer, T> action) {
		ModelPlayer player = this.players.get(uid);
		return (player != null && this.up) ? player.visit(action) : null;
	}

	// Nodes

	@Override
	public String self() {
		return this.id;
	}

	@Override
	public List<String> gateways() {
		return this.cluster.seen().stream().map(ModelNode::self).toList();
	}

	@Override
	public boolean accepts(String node) {
		return node.equals(this.id) || this.cluster.find(node).filter((found) -> !found.drained).isPresent();
	}

	@Override
	public TicketDesk tickets(String node) {
		return this.cluster.network.caller(TicketDesk.class, this,
				() -> this.cluster.find(node)
					.map((found) -> new Target<TicketDesk>(found, found.tickets))
					.stream()
					.toList());
	}

	@Override
	public TicketDesk allTickets() {
		return this.cluster.network.caller(TicketDesk.class, this,
				() -> this.cluster.seen()
					.stream()
					.map((found) -> new Target<TicketDesk>(found, found.tickets))
					.toList());
	}

	@Override
	public CompletionStage<Owner> owner(String queue) {
		List<ModelNode> owners = new ArrayList<>(
				this.cluster.seen().stream().filter((node) -> node.queues != null && !node.drained).toList());
		QueueInfo info = QUEUES.stream().filter((one) -> one.queue().equals(queue)).findFirst().orElseThrow();
		if (owners.isEmpty()) {
			return CompletableFuture.failedStage(new ServiceException(404, "no such queue"));
		}
		ModelNode owner = owners.get(this.isSplit ? owners.size() - 1 : 0);
		QueueDesk desk = this.cluster.network.caller(QueueDesk.class, this,
				() -> List.of(new Target<QueueDesk>(owner, owner.queues)));
		return CompletableFuture.completedStage(new Owner(info, owner.self(), desk));
	}

	/** Fits by rating, more widely with time. */
	private static final class ModelRule implements MatchRule {

		@Override
		public boolean fits(Ticket ticket, Ticket other) {
			int gap = Math.abs(ticket.properties(Integer.class) - other.properties(Integer.class));
			return gap <= 100 + 50 * ticket.waited().toSeconds();
		}

	}

}
