package io.nanogame.cluster.node;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.nanogame.cluster.wire.LimitedLog;
import io.nanogame.cluster.wire.NatsLink;
import io.nanogame.cluster.wire.Peers;
import io.nanogame.cluster.wire.Subjects;
import io.nanogame.node.Node;
import io.nats.client.Message;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonValue;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link ClusterNodes} up to date by NATS's own services protocol: each node is an
 * instance of a service and requests the statistics of all instances once every interval.
 * A node is dead when it has not replied for three intervals. A node that starts or stops
 * announces it.
 * <p>
 * When NATS reports that a node is not subscribed, its connection may be lost only for a
 * moment. The node is suspect until it replies again, and its sessions stay.
 * <p>
 * Requests are sent and replies are read on separate threads, so that messages of the
 * game do not delay them.
 */
public final class Membership implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Membership.class);

	private static final String COMING = "+";

	private static final String LEAVING = "-";

	/** The maximum number of such nodes that are remembered. */
	private static final int MOST_FOREIGN = 1000;

	/** The number of checks within an interval. */
	private static final int LOOKS = 4;

	/** After this time without a new node, all are assumed to be known. */
	private static final Duration QUIET = Duration.ofMillis(200);

	/** The minimum time for other nodes to reconnect after NATS was unavailable. */
	private static final Duration RETURN = Duration.ofSeconds(2);

	private final LimitedLog limitedLog = new LimitedLog(log);

	private final NatsLink link;

	private final Peers peers;

	private final Subjects subjects;

	private final ClusterNodes nodes;

	private final Supplier<Node> self;

	private final Duration interval;

	private final ScheduledExecutorService clock = Executors
		.newSingleThreadScheduledExecutor(new DefaultThreadFactory("nano-heartbeat", true));

	private final NodeService service;

	private final String inbox;

	private final Silence silence;

	/** When nodes announced their stop. An older reply of theirs may be read later. */
	private final Map<String, Long> left = new ConcurrentHashMap<>();

	/** Nodes whose messages this one cannot read; they are logged once. */
	private final Set<String> foreign = ConcurrentHashMap.newKeySet();

	private volatile long askedNanos;

	private final Hearing hearing = new Hearing(LOOKS);

	/**
	 * Creates a membership that is not started.
	 * @param link the connection to NATS
	 * @param peers the other nodes; reports whether this node receives messages
	 * @param cluster the name of the cluster
	 * @param subjects the subjects of the cluster
	 * @param self supplies the description of this node; called repeatedly
	 * @param interval the interval of the heartbeats
	 * @param workers run the game's listeners
	 */
	public Membership(NatsLink link, Peers peers, String cluster, Subjects subjects, Supplier<Node> self,
			Duration interval, Executor workers) {
		this.link = link;
		this.peers = peers;
		this.subjects = subjects;
		this.self = self;
		this.nodes = new ClusterNodes(self.get(), workers);
		this.interval = interval;
		this.silence = new Silence(interval, System.nanoTime());
		this.service = new NodeService(link, "nano-" + cluster, this.nodes.self().id(), subjects, self);
		this.inbox = link.connection().createInbox();
	}

	public ClusterNodes nodes() {
		return this.nodes;
	}

	/** Starts: announces this node, and discovers the others. */
	public void start() {
		this.nodes.self(this.self.get());
		this.link.subscribeApart(this.inbox, this::heard);
		this.link.subscribe(this.subjects.nodes(), this::comesOrLeaves);
		this.service.start();
		this.link.onReconnect(() -> this.clock.execute(this::comeBack));
		tell(COMING);
		ask();
		every(this.interval.toNanos(), this::poll);
		every(Math.max(1, this.interval.toNanos() / LOOKS), this::look);
	}

	/**
	 * Sets the action for a change of {@link #isHearing()}. Must be called before
	 * {@link #start()}.
	 * @param action receives false when this node has missed its own heartbeats for so
	 * long that the others consider it dead, and true when it receives them again; must
	 * not block
	 */
	public void onHearing(Consumer<Boolean> action) {
		this.hearing.onChange(action);
	}

	private void every(long nanos, Runnable task) {
		this.clock.scheduleWithFixedDelay(() -> {
			try {
				task.run();
			}
			catch (RuntimeException ex) {
				log.error("The other nodes could not be looked after", ex);
			}
		}, nanos, nanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * Returns whether this node receives messages, by its own ones.
	 * @return false while the connection is lost, and when none of its own messages has
	 * arrived for three intervals
	 */
	public boolean isHearing() {
		return this.link.isConnected() && this.silence.heardItself(System.nanoTime())
				&& this.peers.heardThisNode(this.interval.multipliedBy(Silence.PATIENCE));
	}

	/**
	 * Waits until the other nodes have replied, so that their components are known.
	 * Blocks for a moment; does not wait for very slow nodes.
	 */
	public void awaitOthers() {
		try {
			int before;
			do {
				before = this.nodes.ids().size();
				Thread.sleep(QUIET.toMillis());
			}
			while (this.nodes.ids().size() > before);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Announces a change of this node's description immediately. */
	public void changed() {
		this.nodes.self(this.self.get());
		tell(COMING);
	}

	/**
	 * Called when NATS reports that a node is not subscribed.
	 * @param id the id of the node
	 */
	public void lost(String id) {
		if (this.nodes.suspect(id) && System.nanoTime() - this.askedNanos > this.interval.toNanos() / LOOKS) {
			ask();
		}
	}

	/** Stops, and notifies the other nodes. */
	@Override
	public void close() {
		this.clock.shutdownNow();
		tell(LEAVING);
		this.service.stop();
	}

	private void comeBack() {
		this.silence.wasDeaf(System.nanoTime());
		tell(COMING);
		ask();
	}

	private void tell(String what) {
		this.link.publish(this.subjects.nodes(), (what + this.nodes.self().id()).getBytes(StandardCharsets.UTF_8));
	}

	private void comesOrLeaves(Message message) {
		String text = new String(message.getData(), StandardCharsets.UTF_8);
		String id = text.isEmpty() ? "" : text.substring(1);
		if (id.equals(this.nodes.self().id())) {
			return;
		}
		if (!Subjects.isNode(id)) {
			misunderstood("'%s' is no id of a node".formatted(id));
		}
		else if (text.startsWith(LEAVING)) {
			this.left.put(id, System.nanoTime());
			gone(id, "it has stopped");
		}
		else {
			ask();
		}
	}

	private void gone(String id, String why) {
		this.nodes.gone(id, why);
		this.silence.forget(id);
	}

	private void ask() {
		this.askedNanos = System.nanoTime();
		this.peers.probe();
		this.service.ask(this.inbox);
	}

	private void poll() {
		this.nodes.self(this.self.get());
		if (this.link.isConnected()) {
			ask();
		}
	}

	private void look() {
		long now = System.nanoTime();
		if (!this.link.isSettled(RETURN)) {
			// NATS may have been unavailable, and the others have not reconnected yet.
			this.silence.wasDeaf(now);
		}
		this.hearing.look(this.silence.heardItself(now));
		this.left.values().removeIf((since) -> now - since > this.interval.toNanos() * Silence.PATIENCE);
		this.silence.tooLong(this.nodes.ids(), now).forEach((id) -> gone(id, "it does not answer"));
	}

	private void heard(Message message) {
		if (message.isStatusMessage()) {
			return;
		}
		try {
			for (JsonValue data : NodeService.read(message.getData())) {
				heard(NodeJson.read(data), NodeJson.isUnderstood(data));
			}
		}
		catch (JsonParseException ex) {
			misunderstood(ex.getMessage());
		}
	}

	private void misunderstood(@Nullable String why) {
		this.link.countDropped();
		this.limitedLog.warn("What a node says of itself was not understood: {}", why);
	}

	private void heard(Node node, boolean understood) {
		if (!Subjects.isNode(node.id())) {
			misunderstood("'%s' is no id of a node".formatted(node.id()));
		}
		else if (node.id().equals(this.nodes.self().id())) {
			this.silence.heardSelf(System.nanoTime());
		}
		else if (!understood && this.foreign.size() < MOST_FOREIGN && this.foreign.add(node.id())) {
			this.limitedLog
				.warn("{} uses another version of the cluster's format, so neither sends messages to the other", node);
		}
		else if (understood && !this.left.containsKey(node.id())) {
			this.silence.heard(node.id(), System.nanoTime());
			this.nodes.seen(node);
		}
	}

}
