package io.nanogame.cluster.peer;

/**
 * The versions of the format of messages that a node supports. A version adds frames, and
 * properties at the end of frames, which readers of earlier versions skip. Two nodes use
 * the newest version that both support.
 *
 * @param oldest the oldest version that the node reads and writes
 * @param newest the newest version that it reads and writes
 */
public record Versions(int oldest, int newest) {

	/** No version, that of nodes which do not announce theirs. */
	public static final Versions NONE = new Versions(0, 0);

	/** The versions of this implementation. */
	public static final Versions OWN = new Versions(3, 7);

	/** From this version on, nodes confirm the orders for groups as a whole. */
	public static final int GROUP_ORDERS = 5;

	/**
	 * From this version on, sessions move between gateways, and pushes to several
	 * sessions have numbers.
	 */
	public static final int SESSION_MOVES = 6;

	/** From this version on, gateways reply to nodes that leave. */
	public static final int LEAVE_QUERIES = 7;

	/** From this version on, a push may be in several frames, one for each form. */
	static final int DIVIDED_PUSHES = 5;

	/**
	 * Returns whether two nodes have a common version.
	 * @param others the versions of the other node
	 * @return false if none reads the messages of the other
	 */
	public boolean overlaps(Versions others) {
		return this.oldest <= others.newest && others.oldest <= this.newest;
	}

	boolean contains(int version) {
		return version >= this.oldest && version <= this.newest;
	}

}
