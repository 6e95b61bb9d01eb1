package io.nanogame.cluster.gateway;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.cluster.node.ClusterNodes;
import io.nanogame.cluster.peer.Outbox;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.node.Node;
import io.nanogame.node.RoutingStrategy;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.Session;
import io.nanogame.trace.Span;
import io.nanogame.trace.Tracing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other nodes, as destinations of messages. Thread-safe.
 */
public final class Destinations {

	private static final Logger log = LoggerFactory.getLogger(Destinations.class);

	private final LimitedLog limitedLog = new LimitedLog(log);

	private final Bus bus;

	private final ClusterNodes nodes;

	private final Peers peers;

	private final RoutingStrategy strategy;

	private final Tracing tracing;

	private final Payloads server;

	private volatile boolean hearing = true;

	/**
	 * Creates the destinations of a node.
	 * @param bus the connection to the other nodes
	 * @param nodes the nodes of the cluster
	 * @param peers sends frames to the nodes
	 * @param strategy chooses nodes
	 * @param tracing traces messages to other nodes
	 * @param server the payloads that all nodes have in common
	 */
	public Destinations(Bus bus, ClusterNodes nodes, Peers peers, RoutingStrategy strategy, Tracing tracing,
			Payloads server) {
		this.bus = bus;
		this.nodes = nodes;
		this.peers = peers;
		this.strategy = strategy;
		this.tracing = tracing;
		this.server = server;
	}

	ClusterNodes nodes() {
		return this.nodes;
	}

	Outbox to(String node) {
		return this.peers.to(node);
	}

	void forget(String node) {
		this.peers.forget(node);
	}

	/**
	 * Sets whether this node receives messages.
	 * @param now false when it has received none for so long that other nodes consider it
	 * dead
	 */
	void hearing(boolean now) {
		this.hearing = now;
	}

	/**
	 * Returns whether this node receives messages, or has lost its connection so recently
	 * that other nodes wait for it.
	 */
	boolean isHearing() {
		return this.hearing;
	}

	/** Returns whether messages to other nodes would arrive, as far as it is known. */
	boolean isConnected() {
		return this.bus.isConnected() && this.hearing;
	}

	/** Returns whether all nodes that are up have been able to announce themselves. */
	boolean areAllKnown() {
		return isConnected() && isCurrent() && this.nodes.areAllKnown();
	}

	/** Returns whether what is known of the nodes is newer than the last reconnect. */
	private boolean isCurrent() {
		return this.nodes.isCurrent(this.bus.reconnects());
	}

	/**
	 * Returns whether no node has a component: neither this one nor, as far as it is
	 * known, another one.
	 */
	boolean isUnknown(String component) {
		return !this.nodes.isKnown(component) && (this.nodes.self().components().contains(component) || areAllKnown());
	}

	/**
	 * Returns the nodes that can receive messages to a component; all that have it if
	 * none can at this moment.
	 */
	List<Node> candidates(String component) {
		List<Node> all = this.nodes.withComponent(component);
		List<Node> reachable = all.stream().filter((node) -> this.nodes.isReachable(node.id())).toList();
		return reachable.isEmpty() ? all : reachable;
	}

	/**
	 * Returns the form in which a node reads and writes the payloads of a session; null
	 * if it cannot.
	 */
	@Nullable String form(String node, Payloads payloads) {
		String exact = payloads.form();
		if (exact == null) {
			return null;
		}
		Set<String> known = this.nodes.find(node).map(Node::serializers).orElse(Set.of(exact));
		if (known.contains(exact)) {
			return exact;
		}
		String serializer = payloads.serializer().name();
		// Nodes of earlier versions announce none, and have that of all servers.
		boolean isCommon = known.isEmpty() && serializer.equals(this.server.serializer().name());
		return (isCommon || known.contains(serializer)) ? serializer : null;
	}

	/** Logs that a message was refused, because its node lacks a form of the payloads. */
	void logRefusal(String component, String node, Payloads payloads) {
		this.limitedLog.error("A message to component {} was refused: the serializer of its session is {}, "
				+ "which node {} does not have", null, component, payloads.serializer().name(), node);
	}

	/** Returns whether messages to a node would arrive, as far as it is known. */
	boolean isReachable(String node) {
		return isConnected() && isCurrent() && this.nodes.isReachable(node);
	}

	Span span(String component, String node) {
		return this.tracing.send(component, this.nodes.find(node).map(Node::name).orElse(node));
	}

	Node choose(Session session, String component, List<Node> candidates) {
		try {
			return Objects.requireNonNull(this.strategy.choose(session, component, candidates), "nothing was chosen");
		}
		catch (RuntimeException ex) {
			log.error("A routing strategy failed; the first node is taken", ex);
			return candidates.get(0);
		}
	}

}
