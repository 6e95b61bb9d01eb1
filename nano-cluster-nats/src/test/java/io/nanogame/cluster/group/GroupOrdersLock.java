package io.nanogame.cluster.group;

/**
 * The lock under which a node changes and confirms its orders about groups.
 */
public final class GroupOrdersLock {

	private GroupOrdersLock() {
	}

	/**
	 * Returns the lock of a node.
	 * @param groups the groups of the node
	 * @return a monitor
	 */
	public static Object of(ClusterGroups groups) {
		return groups.orders();
	}

}
