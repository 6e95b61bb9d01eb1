package io.nanogame.cluster.group;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.nanogame.cluster.frame.GroupFrame;
import io.nanogame.cluster.frame.MemberFrame;
import io.nanogame.cluster.frame.MemberFrame.MemberOrder;
import io.nanogame.cluster.frame.MemberFrame.OrderApplied;
import io.nanogame.cluster.frame.PresenceReceiver;
import io.nanogame.group.Group;
import io.nanogame.group.GroupSettings;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The groups of the cluster on this node: those that its game uses, and those that its
 * clients are members of by orders of other nodes. Thread-safe.
 */
public final class ClusterGroups implements NodeListener {

	private final Map<String, ClusterGroup> byName = new ConcurrentHashMap<>();

	private final GroupHost host;

	private final Executor later;

	private final GroupOrders orders;

	private final MemberOrders memberOrders;

	private final ReceivedOrders received;

	private final PresencePeers peers;

	private final GroupMoves moves;

	/**
	 * Creates an empty registry.
	 * @param host the parts of this node that groups use
	 * @param later executes tasks that must not run under the lock of a group
	 */
	public ClusterGroups(GroupHost host, Executor later) {
		this.host = host;
		this.later = later;
		OrderNumbers numbers = new OrderNumbers();
		this.peers = new PresencePeers(host, new MemberNumbers(host, this.byName, later), later);
		this.orders = new GroupOrders(host, numbers, this.peers::isUp, later);
		this.memberOrders = new MemberOrders(host, numbers, this.orders);
		this.received = new ReceivedOrders(this);
		this.moves = new GroupMoves(this, this.byName);
	}

	/**
	 * Opens a group, because the game of this node uses it.
	 * @param name its name
	 * @param onClose called once, when it is closed on any node
	 * @return the group
	 */
	public Group open(String name, Consumer<Group> onClose) {
		// Within the map's lock, so that the group is not removed as unused meanwhile.
		return this.byName.compute(name, (key, present) -> {
			ClusterGroup group = openOrNew(present, key);
			group.open(onClose);
			return group;
		});
	}

	/** Within the map's lock. */
	ClusterGroup openOrNew(@Nullable ClusterGroup present, String name) {
		return (present != null && !present.isClosed()) ? present : new ClusterGroup(this, name);
	}

	/**
	 * Returns the settings of all groups.
	 * @return the limit of members, and the merged routes
	 */
	public GroupSettings settings() {
		return this.host.settings();
	}

	public int count() {
		return this.byName.size();
	}

	/**
	 * Returns the members of a group that are connected to this node.
	 * @param name the group's name
	 * @return a snapshot
	 */
	public Collection<Session> members(String name) {
		ClusterGroup group = this.byName.get(name);
		return (group != null) ? group.own().sessions() : List.of();
	}

	/**
	 * Returns the memberships of sessions that move between nodes.
	 * @return always the same object
	 */
	public GroupMoves moves() {
		return this.moves;
	}

	/** Repeats orders, and compares members, because messages may be lost. */
	public void reconnected() {
		this.peers.forEachNode(this::peerReconnected);
	}

	/**
	 * Compares the members of changed groups with other nodes, and repeats orders. Once a
	 * heartbeat.
	 */
	public void check() {
		this.peers.removeLost().forEach(this::lost);
		this.peers.forEachNode(this.orders::repeatTo);
		this.peers.check();
	}

	/** Under the lock of its orders, because it may return just now. */
	private void lost(String node) {
		synchronized (this.orders) {
			if (!this.peers.isUp(node)) {
				stopped(node);
				this.received.forget(node);
			}
		}
	}

	/**
	 * Returns the receiver of frames about the members of all groups.
	 * @return always the same object
	 */
	public PresenceReceiver presence() {
		return this.peers;
	}

	/** Publishes the merged pushes of all groups, because this node stops. */
	public void endWindows() {
		this.byName.values().forEach(ClusterGroup::endWindow);
	}

	/**
	 * Receives a frame that was sent to this node.
	 * @param from the id of the node that has sent it
	 * @param frame a frame about a group
	 */
	public void receive(String from, GroupFrame frame) {
		frame.deliver(from, this.received);
	}

	/**
	 * Receives a frame that was sent to this node.
	 * @param from the id of the node that has sent it
	 * @param frame a frame about members of a group
	 */
	public void receive(String from, MemberFrame frame) {
		if (frame instanceof MemberOrder order) {
			this.received.memberOrdered(from, order);
		}
		else if (frame instanceof OrderApplied confirmation && find(frame.group()) == null) {
			// The group was closed here after the order.
			this.memberOrders.confirm(from, confirmation);
		}
		else {
			deliver(from, frame);
		}
	}

	private void deliver(String from, MemberFrame frame) {
		ClusterGroup group = find(frame.group());
		if (group != null) {
			group.receive(from, frame);
		}
	}

	/** Within the map's lock, so that the group is not removed as unused meanwhile. */
	void apply(String from, MemberOrder order) {
		if (order.joins() && this.host.session(order.session()) != null) {
			this.byName.compute(order.group(), (key, present) -> {
				ClusterGroup group = openOrNew(present, key);
				group.joinOrdered(from, order.number());
				group.receive(from, order);
				return group;
			});
		}
		else {
			deliver(from, order);
		}
	}

	/**
	 * Compares the state with a node, because messages may be lost.
	 * @param node the id of the node
	 */
	public void peerReconnected(String node) {
		this.orders.repeatTo(node);
		this.memberOrders.repeatTo(node);
		this.peers.compare(node);
	}

	/**
	 * The node may have been considered dead, and have had members all the time. Under
	 * the lock of its orders, so that a check does not forget those it has from now on.
	 */
	@Override
	public void up(Node node) {
		synchronized (this.orders) {
			this.peers.up(node);
			this.orders.up(node.id());
		}
		this.memberOrders.repeatTo(node.id());
	}

	/** A node of an earlier version announces its services before it is a gateway. */
	@Override
	public void changed(Node before, Node now) {
		if (now.gateway() != before.gateway()) {
			up(now);
		}
	}

	@Override
	public void down(Node node) {
		this.peers.down(node.id());
		this.memberOrders.gatewayLost(node.id());
		this.later.execute(() -> removeMembers(node.id()));
	}

	/**
	 * Removes the orders to a node that does not return.
	 * @param node the id of the node, which is down
	 */
	public void stopped(String node) {
		this.orders.forget(node);
		this.memberOrders.forget(node);
	}

	/** On another thread, because there may be many groups. */
	private void removeMembers(String node) {
		for (ClusterGroup group : this.byName.values()) {
			if (this.peers.isUp(node)) {
				// Its members are known, or forgotten: they are compared.
				break;
			}
			group.membership().nodeLost(node);
		}
		this.peers.compare(node);
	}

	/** Waits for a group that is being opened, because it has sent the query. */
	@Nullable ClusterGroup find(String name) {
		ClusterGroup present = this.byName.get(name);
		return (present != null) ? present : this.byName.computeIfPresent(name, (key, opened) -> opened);
	}

	// For the groups

	GroupHost host() {
		return this.host;
	}

	/** Returns the orders of this node about groups as a whole. */
	GroupOrders orders() {
		return this.orders;
	}

	MemberOrders memberOrders() {
		return this.memberOrders;
	}

	ReceivedOrders received() {
		return this.received;
	}

	PresencePeers peers() {
		return this.peers;
	}

	Executor later() {
		return this.later;
	}

	void forget(ClusterGroup group) {
		this.byName.remove(group.name(), group);
	}

	/** Removes a group without own members later, because its lock may be held here. */
	void unused(ClusterGroup group) {
		this.later.execute(() -> this.byName.computeIfPresent(group.name(),
				(name, present) -> (present == group && group.closeIfUnused()) ? null : present));
	}

}
