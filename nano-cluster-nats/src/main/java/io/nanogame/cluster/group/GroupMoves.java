package io.nanogame.cluster.group;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.nanogame.cluster.frame.CloseOrder;
import io.nanogame.cluster.frame.GroupFrame.GroupExpiry;
import io.nanogame.cluster.frame.GroupFrame.GroupRenewed;
import io.nanogame.cluster.frame.GroupOrder;
import io.nanogame.cluster.frame.MemberFrame.MemberOrder;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The memberships of sessions that move from one node to another. Thread-safe.
 */
public final class GroupMoves {

	private final ClusterGroups groups;

	private final MemberOrders orders;

	/** Changed by the groups. */
	private final Map<String, ClusterGroup> byName;

	/** The groups of sessions that have moved from this node, until that is over. */
	private final Map<Long, Set<ClusterGroup>> left = new ConcurrentHashMap<>();

	/** The groups of sessions that have moved to this node, until that is over. */
	private final Map<Long, Set<ClusterGroup>> arrived = new ConcurrentHashMap<>();

	GroupMoves(ClusterGroups groups, Map<String, ClusterGroup> byName) {
		this.groups = groups;
		this.orders = groups.memberOrders();
		this.byName = byName;
	}

	// From this node

	/**
	 * A session of this node moves to another one, to which pushes are passed on.
	 * @param session the session
	 * @return the names of its groups
	 */
	public List<String> leave(Session session) {
		this.arrived.remove(session.id());
		List<ClusterGroup> all = this.byName.values().stream().filter((group) -> group.moves().leave(session)).toList();
		all.forEach((group) -> addLeft(session.id(), group));
		return all.stream().map(ClusterGroup::name).toList();
	}

	private void addLeft(long session, ClusterGroup group) {
		this.left.computeIfAbsent(session, (id) -> ConcurrentHashMap.newKeySet()).add(group);
	}

	/**
	 * No more pushes are passed on for a session that has moved to another node.
	 * @param session the id of the session
	 */
	public void left(long session) {
		Set<ClusterGroup> former = this.left.remove(session);
		if (former != null) {
			former.forEach((group) -> {
				group.moves().left(session);
				this.groups.unused(group);
			});
		}
		this.orders.repeat(session);
	}

	/**
	 * A node lets a session that has moved from this one join or leave a group. It sends
	 * its pushes to this node until it knows the move.
	 */
	void follow(MemberOrder order) {
		long id = order.session();
		Session session = this.groups.host().session(id);
		ClusterGroup present = this.groups.find(order.group());
		if (!order.joins() && present != null) {
			present.moves().left(id);
			this.groups.unused(present);
		}
		else if (order.joins() && session != null) {
			MemberOrders.Order earlier = this.orders.find(order.group(), id);
			if (earlier != null && !earlier.joins()) {
				// It joins again after the close of the group.
				this.orders.end(order.group(), earlier);
			}
			ClusterGroup group = expect(order.group(), (opened) -> {
			});
			addLeft(id, group);
			group.moves().follow(session);
			group.own().arrived();
		}
	}

	// To this node

	/**
	 * A session has moved to this node. The orders of this node for it are applied.
	 * @param session the session
	 * @param names the names of its groups
	 */
	public void arrive(Session session, Collection<String> names) {
		Map<String, MemberOrders.Order> ordered = this.orders.of(session.id());
		Set<String> all = new LinkedHashSet<>(names);
		this.arrived.put(session.id(), ConcurrentHashMap.newKeySet());
		ordered.forEach((name, order) -> {
			this.orders.end(name, order);
			ClusterGroup group = this.groups.find(name);
			if (!order.joins() && all.remove(name) && group != null) {
				group.own().reportAbsent(session.id());
			}
			else if (order.joins() && group != null && group.contains(session)) {
				all.add(name);
			}
		});
		all.forEach((name) -> join(session, name, (group) -> {
		}));
	}

	/**
	 * A session that has just moved to this node joins a group, whose pushes may still be
	 * passed on to it.
	 * @param opened receives the group, within the lock of the map
	 * @return false if no more pushes are passed on to it
	 */
	boolean join(Session session, String name, Consumer<ClusterGroup> opened) {
		long id = session.id();
		Set<ClusterGroup> joined = this.arrived.get(id);
		if (joined == null) {
			return false;
		}
		ClusterGroup group = expect(name, opened);
		joined.add(group);
		// Without the map's lock, because a push may wait for that, and this for the
		// push.
		group.moves().arrive(session);
		group.own().arrived();
		if (this.arrived.get(id) != joined) {
			// The move has ended meanwhile.
			group.moves().settle(id);
		}
		return true;
	}

	/** Opens a group that is not removed as unused until a session has arrived. */
	private ClusterGroup expect(String name, Consumer<ClusterGroup> action) {
		return Objects.requireNonNull(this.byName.compute(name, (key, present) -> {
			ClusterGroup opened = this.groups.openOrNew(present, key);
			opened.own().expect();
			action.accept(opened);
			return opened;
		}));
	}

	/**
	 * A member that was added as one of another node has moved to this node meanwhile.
	 */
	void joined(Session session, String name) {
		ClusterGroup group = this.groups.find(name);
		if (group != null && group.contains(session) && !join(session, name, (opened) -> {
		})) {
			group.moves().adopt(session);
		}
	}

	/**
	 * The move of a session to this node is over.
	 * @param session the id of the session
	 */
	public void settle(long session) {
		Set<ClusterGroup> joined = this.arrived.remove(session);
		if (joined != null) {
			joined.forEach((group) -> group.moves().settle(session));
		}
	}

	// Between other nodes

	/**
	 * A session has moved between other nodes, or from this one.
	 * @param session the id of the session
	 * @param names the names of its groups
	 * @param former the id of the node that has owned it
	 * @param to the id of the node that owns it now
	 */
	public void moved(long session, Collection<String> names, String former, String to) {
		Map<String, MemberOrders.Order> ordered = this.orders.of(session);
		Set<String> all = new LinkedHashSet<>(names);
		all.addAll(ordered.keySet());
		all.stream()
			.map(this.groups::find)
			.filter(Objects::nonNull)
			.forEach((group) -> group.moves().moved(session, former, to));
		ordered.forEach((name, order) -> this.orders.moved(name, order, to, () -> isClosed(this.groups.find(name))));
		this.left.getOrDefault(session, Set.of()).forEach((group) -> {
			group.moves().awaitPushes();
			sendLifetime(group, to);
		});
	}

	/**
	 * The node may have opened the group only now. A call that it knows has no effect.
	 */
	private void sendLifetime(ClusterGroup group, String node) {
		Lifetime.Calls calls = group.lifetime().calls();
		if (calls != null && !group.isClosed()) {
			GroupHost host = this.groups.host();
			host.send(node, new GroupExpiry(group.name(), calls.ttl(), unnumbered(calls.sinceExpiry())));
			host.send(node, new GroupRenewed(group.name(), unnumbered(calls.sinceLast())));
		}
	}

	private static GroupOrder unnumbered(Duration elapsed) {
		return new GroupOrder(0, 0, CloseOrder.NONE, elapsed);
	}

	private static boolean isClosed(@Nullable ClusterGroup group) {
		return group == null || group.isClosed();
	}

}
