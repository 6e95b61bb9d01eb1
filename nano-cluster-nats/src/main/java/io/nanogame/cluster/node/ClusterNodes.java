package io.nanogame.cluster.node;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.node.Nodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes of the cluster, as this one sees them. Any thread.
 */
public final class ClusterNodes implements Nodes {

	private static final Logger log = LoggerFactory.getLogger(ClusterNodes.class);

	private static final int MOST_EVENTS = 100;

	/** What strangers can cause; no cluster has so many nodes that come in a minute. */
	private final LimitedLog limitedLog = new LimitedLog(log, MOST_EVENTS);

	private final Map<String, Node> others = new ConcurrentHashMap<>();

	/** Those that do not receive messages, or are late with an announcement. */
	private final Set<String> suspects = ConcurrentHashMap.newKeySet();

	/** Parts of this node, which are quick. Called at once, under the lock. */
	private final List<NodeListener> parts = new CopyOnWriteArrayList<>();

	private final GameListeners listeners;

	private volatile Consumer<String> backAction = (id) -> {
	};

	private volatile Consumer<String> stoppedAction = (id) -> {
	};

	private volatile Runnable allKnownAction = () -> {
	};

	private volatile boolean allKnown;

	private volatile long reconnects;

	private final ComponentIndex components = new ComponentIndex();

	private volatile Node self;

	/** Without other nodes. The workers run the game's listeners. */
	ClusterNodes(Node self, Executor workers) {
		this.self = self;
		this.listeners = new GameListeners(workers);
	}

	@Override
	public Node self() {
		return this.self;
	}

	@Override
	public List<Node> others() {
		return sorted(this.others.values().stream());
	}

	@Override
	public List<Node> all() {
		return sorted(Stream.concat(Stream.of(this.self), this.others.values().stream()));
	}

	@Override
	public Optional<Node> find(String id) {
		return Optional.ofNullable(this.others.get(id));
	}

	@Override
	public boolean isUp(String id) {
		return this.others.containsKey(id);
	}

	/**
	 * Whether a message for another node would arrive, as far as it is known.
	 * @param id its id
	 * @return false when it is not up, or does not listen right now
	 */
	public boolean isReachable(String id) {
		return isUp(id) && !this.suspects.contains(id);
	}

	@Override
	public List<Node> withComponent(String component) {
		return this.components.find(component);
	}

	/**
	 * Returns the other nodes to which a call of a service can be sent.
	 * @param service its name
	 * @return sorted by id, without leaving nodes and those that are not reachable
	 */
	public List<Node> withService(String service) {
		return sorted(this.others.values()
			.stream()
			.filter((node) -> node.services().contains(service) && !node.leaving() && isReachable(node.id())));
	}

	@Override
	public boolean isKnown(String component) {
		return this.components.isKnown(component);
	}

	@Override
	public void addListener(NodeListener listener) {
		this.listeners.add(listener);
	}

	@Override
	public void removeListener(NodeListener listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Sets what is done when a node listens again, and may not have received what was
	 * sent to it.
	 * @param action given the id of the node; must not block
	 */
	public void onListeningAgain(Consumer<String> action) {
		this.backAction = action;
	}

	/**
	 * Sets what is done when a node has announced its stop: it does not return.
	 * @param action given the id of the node, which is down; must not block
	 */
	public void onStopped(Consumer<String> action) {
		this.stoppedAction = action;
	}

	@Override
	public boolean areAllKnown() {
		return this.allKnown;
	}

	/**
	 * Sets what is done when all nodes are known, after a time when they were not.
	 * @param action must not block
	 */
	public void onAllKnown(Runnable action) {
		this.allKnownAction = action;
	}

	void allKnown(boolean now) {
		boolean isNew = now && !this.allKnown;
		this.allKnown = now;
		if (isNew) {
			this.allKnownAction.run();
		}
	}

	/**
	 * Adds a part of this node. It is called ahead of the game's listeners, and at once.
	 * @param part must not block
	 */
	public void addPart(NodeListener part) {
		this.parts.add(part);
	}

	/** Called by one thread after the other. */
	synchronized void self(Node now) {
		this.self = now;
	}

	/** True when that is news. */
	synchronized boolean suspect(String id) {
		boolean isNew = isUp(id) && this.suspects.add(id);
		if (isNew) {
			this.limitedLog.info("Node[{}] does not listen right now; requests for it wait until it does", id);
		}
		return isNew;
	}

	/** Messages wait until this node has reconnected. */
	void disconnects() {
		this.reconnects = -1;
	}

	/**
	 * Each node is suspect until it announces itself, and others may have started.
	 * @param times how often this node has reconnected
	 */
	synchronized void reconnected(long times) {
		this.suspects.addAll(this.others.keySet());
		allKnown(false);
		this.reconnects = times;
	}

	/**
	 * Returns whether the last reconnect is considered.
	 * @param times how often this node has reconnected
	 * @return false for a moment after a reconnect, in which nodes that are not reachable
	 * may appear to be
	 */
	public boolean isCurrent(long times) {
		return this.reconnects == times;
	}

	/** The action is run first, and not while the node is considered gone. */
	synchronized void seen(Node node, Runnable action) {
		action.run();
		boolean isBack = this.suspects.remove(node.id());
		Node before = this.others.put(node.id(), node);
		boolean isChanged = !node.equals(before);
		if (isChanged) {
			index();
		}
		if (isBack) {
			this.limitedLog.info("{} listens again", node);
			this.backAction.accept(node.id());
		}
		if (!isChanged) {
			return;
		}
		if (before == null) {
			this.limitedLog.info("{} is up, with components {} and services {}", node, node.components(),
					node.services());
			tell((listener) -> listener.up(node));
		}
		else {
			tell((listener) -> listener.changed(before, node));
		}
	}

	synchronized void gone(String id, String why, boolean hasStopped) {
		Node last = this.others.remove(id);
		this.suspects.remove(id);
		if (last != null) {
			index();
			this.limitedLog.info("{} is down: {}", last, why);
			tell((listener) -> listener.down(last));
		}
		if (hasStopped) {
			this.stoppedAction.accept(id);
		}
	}

	/**
	 * Returns how many nodes do not receive messages right now, and may again soon.
	 * @return a number of other nodes
	 */
	public int suspectCount() {
		return this.suspects.size();
	}

	List<String> suspects() {
		return List.copyOf(this.suspects);
	}

	Collection<String> ids() {
		return this.others.keySet();
	}

	private void index() {
		this.components.replace(others());
	}

	private void tell(Consumer<NodeListener> event) {
		this.parts.forEach((part) -> call(part, event));
		this.listeners.call(event);
	}

	static void call(NodeListener listener, Consumer<NodeListener> event) {
		try {
			event.accept(listener);
		}
		catch (Throwable ex) {
			log.error("A node listener failed", ex);
		}
	}

	private static List<Node> sorted(Stream<Node> nodes) {
		return nodes.sorted(Comparator.comparing(Node::id)).toList();
	}

}
