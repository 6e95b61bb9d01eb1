package io.nanogame.cluster.group;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.GroupFrame;
import io.nanogame.cluster.frame.MemberFrame.MemberLeft;
import io.nanogame.cluster.frame.MemberFrame.MemberOrder;
import io.nanogame.cluster.frame.MemberFrame.MembersQuery;
import io.nanogame.cluster.frame.MemberFrame;
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

	/**
	 * Creates an empty registry.
	 * @param host the parts of this node that groups use
	 * @param later executes tasks that must not run under the lock of a group
	 */
	public ClusterGroups(GroupHost host, Executor later) {
		this.host = host;
		this.later = later;
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

	private ClusterGroup openOrNew(@Nullable ClusterGroup present, String name) {
		return (present != null && !present.isClosed()) ? present : new ClusterGroup(this.host, this, name);
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
	 * Returns the members of a group that this node knows: its own clients always.
	 * @param name the group's name
	 * @return a snapshot; empty when this node does not use the group
	 */
	public Collection<Session> members(String name) {
		ClusterGroup group = this.byName.get(name);
		return (group != null) ? group.members() : List.of();
	}

	/** Repeats all frames that may be lost, and queries the members again. */
	public void reconnected() {
		this.byName.values().forEach(ClusterGroup::reconnected);
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
		receive(from, frame.group(), frame);
	}

	/**
	 * Receives a frame that was sent to this node.
	 * @param from the id of the node that has sent it
	 * @param frame a frame about members of a group
	 */
	public void receive(String from, MemberFrame frame) {
		if (frame instanceof MemberOrder order) {
			order(from, order);
		}
		else if (frame instanceof MembersQuery query) {
			query(from, query);
		}
		else {
			receive(from, frame.group(), frame);
		}
	}

	private void receive(String from, String name, Frame frame) {
		ClusterGroup group = find(name);
		if (group != null) {
			group.receive(from, frame);
		}
	}

	private void order(String from, MemberOrder order) {
		if (this.host.session(order.session()) == null) {
			this.host.publishPresence(order.group(), new MemberLeft(order.group(), order.session()));
			return;
		}
		// Within the map's lock, so that the group is not removed as unused meanwhile.
		this.byName.compute(order.group(), (key, present) -> {
			ClusterGroup group = openOrNew(present, key);
			group.receive(from, order);
			return group;
		});
	}

	/** Within the map's lock, so that a member that joins meanwhile is not denied. */
	private void query(String from, MembersQuery query) {
		this.byName.compute(query.group(), (key, present) -> {
			if (present != null) {
				present.receive(from, query);
			}
			else {
				this.host.publishTo(from, MemberLists.empty(key));
			}
			return present;
		});
	}

	/**
	 * Repeats the frames to a node that may be lost, and queries its members again.
	 * @param node the id of the node
	 */
	public void peerReconnected(String node) {
		this.byName.values().forEach((group) -> group.peerReconnected(node));
	}

	/** The node may have been considered dead, and have had members all the time. */
	@Override
	public void up(Node node) {
		peerReconnected(node.id());
	}

	@Override
	public void down(Node node) {
		this.byName.values().forEach((group) -> group.nodeLost(node.id()));
	}

	/** Waits for a group that is being opened, because it has sent the query. */
	private @Nullable ClusterGroup find(String name) {
		ClusterGroup present = this.byName.get(name);
		return (present != null) ? present : this.byName.computeIfPresent(name, (key, opened) -> opened);
	}

	// For the groups

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
