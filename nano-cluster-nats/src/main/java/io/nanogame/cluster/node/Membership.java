package io.nanogame.cluster.node;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.nanogame.cluster.wire.NatsLink;
import io.nanogame.cluster.wire.Subjects;
import io.nanogame.node.Node;
import io.nats.client.Message;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import io.nats.service.Service;
import io.nats.service.ServiceEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link ClusterNodes} up to date by NATS's own services protocol: each node is an
 * instance of a service, asks all instances for their statistics once every interval, and
 * takes one for dead that did not answer three times. Who comes or leaves says so, so
 * that nobody waits for the interval; and a node that NATS says nobody listens to is dead
 * at once.
 */
public final class Membership implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Membership.class);

	private static final String VERSION = "1.0.0";

	private static final String ENDPOINT = "node";

	private static final String COMING = "+";

	private static final String LEAVING = "-";

	/** So many times a node may be silent. */
	private static final int PATIENCE = 3;

	/** Whoever is up has answered when nobody new has for so long. */
	private static final Duration QUIET = Duration.ofMillis(200);

	/** So long at least others have to come back when NATS was away. */
	private static final Duration RETURN = Duration.ofSeconds(2);

	private final NatsLink link;

	private final Subjects subjects;

	private final ClusterNodes nodes;

	private final Supplier<Node> self;

	private final Duration interval;

	private final ScheduledExecutorService scheduler;

	private final String service;

	private final String inbox;

	/** How often each node was not heard in a row. */
	private final Map<String, Integer> silent = new ConcurrentHashMap<>();

	private final Set<String> heard = ConcurrentHashMap.newKeySet();

	private final Service announced;

	/**
	 * A membership, not yet begun.
	 * @param link the way to the others
	 * @param cluster the name of the cluster
	 * @param subjects of the cluster
	 * @param self what this node says of itself, asked again and again
	 * @param interval how often the others are asked
	 * @param scheduler for that
	 */
	public Membership(NatsLink link, String cluster, Subjects subjects, Supplier<Node> self, Duration interval,
			ScheduledExecutorService scheduler) {
		this.link = link;
		this.subjects = subjects;
		this.self = self;
		this.nodes = new ClusterNodes(self.get());
		this.interval = interval;
		this.scheduler = scheduler;
		this.service = "nano-" + cluster;
		this.inbox = link.connection().createInbox();
		this.announced = announce();
	}

	private Service announce() {
		Node node = this.nodes.self();
		return Service.builder()
			.connection(this.link.connection())
			.name(this.service)
			.version(VERSION)
			.description("A node of a game server")
			.metadata(Map.of("id", node.id()))
			.addServiceEndpoint(ServiceEndpoint.builder()
				.endpointName(ENDPOINT)
				.endpointSubject(this.subjects.node(node.id()) + ".ping")
				.statsDataSupplier(() -> NodeJson.write(this.self.get()))
				.handler((message) -> message.respond(this.link.connection(), new byte[0]))
				.build())
			.build();
	}

	public ClusterNodes nodes() {
		return this.nodes;
	}

	/** Begins: this node is seen, and sees the others a moment later. */
	public void start() {
		this.nodes.self(this.self.get());
		this.link.subscribe(this.inbox, this::heard);
		this.link.subscribe(this.subjects.nodes(), this::comesOrLeaves);
		this.announced.startService();
		this.link.onReconnect(() -> this.scheduler.execute(this::comeBack));
		tell(COMING);
		ask();
		this.scheduler.scheduleWithFixedDelay(this::poll, this.interval.toMillis(), this.interval.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/**
	 * Waits until those who are up have been heard, so that what they have is known here.
	 * Blocks for a moment; who is very slow is not waited for.
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

	/** Says at once that this node has something else to say of itself. */
	public void changed() {
		this.nodes.self(this.self.get());
		tell(COMING);
	}

	/**
	 * Nobody listens to a node any more.
	 * @param id the node
	 */
	public void lost(String id) {
		if (isJustBack()) {
			return;
		}
		this.nodes.gone(id, "NATS says that it does not listen");
		this.silent.remove(id);
	}

	/** NATS itself may have been away, and the others are not there again yet. */
	private boolean isJustBack() {
		Duration patience = this.interval.multipliedBy(PATIENCE);
		return !this.link.isSettled((patience.compareTo(RETURN) > 0) ? patience : RETURN);
	}

	/** Ends: the others know at once. */
	@Override
	public void close() {
		tell(LEAVING);
		this.announced.stop(false);
	}

	private void comeBack() {
		this.silent.clear();
		tell(COMING);
		ask();
	}

	private void tell(String what) {
		this.link.publish(this.subjects.nodes(), (what + this.nodes.self().id()).getBytes(StandardCharsets.UTF_8));
	}

	private void comesOrLeaves(Message message) {
		String text = new String(message.getData(), StandardCharsets.UTF_8);
		String id = text.substring(1);
		if (id.equals(this.nodes.self().id())) {
			return;
		}
		if (text.startsWith(LEAVING)) {
			this.nodes.gone(id, "it has stopped");
			this.silent.remove(id);
		}
		else {
			ask();
		}
	}

	private void ask() {
		this.link.publish(Service.DEFAULT_SERVICE_PREFIX + Service.SRV_STATS + "." + this.service, this.inbox,
				new byte[0]);
	}

	private void poll() {
		try {
			this.nodes.self(this.self.get());
			if (!this.link.isConnected()) {
				// Nobody is heard, which says nothing about the others.
				return;
			}
			if (!isJustBack()) {
				count();
			}
			ask();
		}
		catch (RuntimeException ex) {
			log.error("The other nodes could not be asked", ex);
		}
	}

	private void count() {
		for (String id : this.nodes.ids()) {
			if (this.heard.contains(id)) {
				this.silent.remove(id);
			}
			else if (this.silent.merge(id, 1, Integer::sum) >= PATIENCE) {
				this.nodes.gone(id, "it does not answer");
				this.silent.remove(id);
			}
		}
		this.heard.clear();
	}

	private void heard(Message message) {
		if (message.isStatusMessage()) {
			return;
		}
		try {
			for (JsonValue endpoint : JsonValueUtils.readArray(JsonParser.parse(message.getData()), "endpoints")) {
				JsonValue data = JsonValueUtils.readObject(endpoint, "data");
				if (ENDPOINT.equals(JsonValueUtils.readString(endpoint, "name")) && data != null) {
					heard(NodeJson.read(data));
				}
			}
		}
		catch (JsonParseException ex) {
			log.warn("What a node says of itself was not understood: {}", ex.getMessage());
		}
	}

	private void heard(Node node) {
		if (!node.id().equals(this.nodes.self().id())) {
			this.heard.add(node.id());
			this.nodes.seen(node);
		}
	}

}
