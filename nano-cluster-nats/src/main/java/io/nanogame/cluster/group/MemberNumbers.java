package io.nanogame.cluster.group;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import io.nanogame.cluster.frame.GroupNumber;

/**
 * The numbers of the members of all groups: of the own members, and of those on other
 * nodes as far as they are known. Thread-safe.
 */
final class MemberNumbers {

	private final GroupHost host;

	private final Map<String, ClusterGroup> groups;

	private final Executor later;

	/**
	 * Creates the numbers.
	 * @param host sends members
	 * @param groups the groups by name; a live and concurrent map
	 * @param later sends members
	 */
	MemberNumbers(GroupHost host, Map<String, ClusterGroup> groups, Executor later) {
		this.host = host;
		this.groups = groups;
		this.later = later;
	}

	/** Returns the number of the own members of a group. */
	GroupNumber ownNumber(String name) {
		ClusterGroup group = this.groups.get(name);
		return new GroupNumber(name, (group != null) ? group.own().number() : 0);
	}

	/** Returns the numbers of all groups with own members. */
	List<GroupNumber> ownNumbers() {
		return this.groups.values()
			.stream()
			.filter((group) -> !group.own().isEmpty())
			.map((group) -> ownNumber(group.name()))
			.toList();
	}

	/**
	 * Sends the own members of a group to a node, unless it knows them. Within the map's
	 * lock, so that a member that joins meanwhile is not denied.
	 */
	void sendMembers(String node, GroupNumber known) {
		this.groups.compute(known.group(), (name, present) -> {
			if (present != null) {
				present.own().sendTo(node, known.number(), this.later);
			}
			else if (known.number() != 0) {
				this.host.sendSoon(node, MemberLists.empty(name, 0), this.later);
			}
			return present;
		});
	}

	/** Returns the known number of the members that a gateway has. */
	GroupNumber knownNumber(String gateway, String name) {
		ClusterGroup group = this.groups.get(name);
		return new GroupNumber(name, (group != null) ? group.membership().known(gateway) : 0);
	}

	/** Returns the numbers of all groups of which members of a gateway are known. */
	List<GroupNumber> knownNumbers(String gateway) {
		return this.groups.keySet()
			.stream()
			.map((name) -> knownNumber(gateway, name))
			.filter((known) -> known.number() != 0)
			.toList();
	}

	/** Returns whether to query the members of a gateway. */
	boolean isBehind(String gateway, GroupNumber number) {
		ClusterGroup group = this.groups.get(number.group());
		return group != null && group.membership().isBehind(gateway, number.number());
	}

}
