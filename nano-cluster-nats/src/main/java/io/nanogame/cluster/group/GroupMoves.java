package io.nanogame.cluster.group;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.nanogame.session.Session;

/**
 * The memberships of sessions that move from one node to another. Thread-safe.
 */
public final class GroupMoves {

	private final ClusterGroups groups;

	/** Changed by the groups. */
	private final Map<String, ClusterGroup> byName;

	GroupMoves(ClusterGroups groups, Map<String, ClusterGroup> byName) {
		this.groups = groups;
		this.byName = byName;
	}

	/**
	 * A session of this node moves to another one, to which pushes are passed on.
	 * @param session the session
	 * @return the names of its groups
	 */
	public List<String> leave(Session session) {
		return this.byName.values()
			.stream()
			.filter((group) -> group.moves().leave(session))
			.map(ClusterGroup::name)
			.toList();
	}

	/**
	 * No more pushes are passed on for a session that has moved to another node.
	 * @param session the id of the session
	 */
	public void left(long session) {
		this.byName.values().forEach((group) -> {
			group.moves().left(session);
			this.groups.unused(group);
		});
	}

	/**
	 * A session has moved to this node.
	 * @param session the session
	 * @param names the names of its groups
	 */
	public void arrive(Session session, Collection<String> names) {
		names.forEach((name) -> this.byName.compute(name, (key, present) -> {
			ClusterGroup group = this.groups.openOrNew(present, key);
			group.moves().arrive(session);
			return group;
		}));
	}

	/**
	 * The move of a session to this node is over.
	 * @param session the id of the session
	 * @param names the names of its groups
	 */
	public void settle(long session, Collection<String> names) {
		names.stream().map(this.byName::get).filter(Objects::nonNull).forEach((group) -> group.moves().settle(session));
	}

	/**
	 * A session has moved between other nodes.
	 * @param session the id of the session
	 * @param names the names of its groups
	 * @param former the id of the node that has owned it
	 * @param to the id of the node that owns it now
	 */
	public void moved(long session, Collection<String> names, String former, String to) {
		names.stream()
			.map(this.groups::find)
			.filter(Objects::nonNull)
			.forEach((group) -> group.moves().moved(session, former, to));
	}

}
