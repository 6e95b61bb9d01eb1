package io.nanogame.cluster;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who a node is, from its start to its end, and the numbers of its sessions: 21 bits of
 * the node and a count of 32, so that a session's id says where its client is connected,
 * is unique in the cluster, and fits in 53 bits, as clients' numbers do.
 */
public final class Identity {

	private static final int COUNT_BITS = 32;

	private static final int NUMBER_BITS = 21;

	/** More of a node's name does not travel. */
	private static final int NAME_LENGTH = 64;

	private final long number = 1 + new SecureRandom().nextInt((1 << NUMBER_BITS) - 1);

	private final AtomicLong sessions = new AtomicLong();

	private final String name;

	private final String id;

	/**
	 * A new identity.
	 * @param name what the node is called by its operator
	 */
	public Identity(String name) {
		this.name = name;
		String start = name.substring(0, Math.min(name.length(), NAME_LENGTH));
		this.id = start.replaceAll("[^A-Za-z0-9_-]", "_") + "-" + Long.toString(this.number, 36);
	}

	public String name() {
		return this.name;
	}

	/**
	 * The id of the node.
	 * @return the first 64 characters of its name and a number in base 36
	 */
	public String id() {
		return this.id;
	}

	/**
	 * A number for a new session of this node. Any thread.
	 * @return a number no other session has
	 */
	public long nextSession() {
		return (this.number << COUNT_BITS) | (this.sessions.incrementAndGet() & 0xFFFFFFFFL);
	}

	/**
	 * Whether a session's client is connected to this node.
	 * @param session the id of a session
	 * @return true for those of {@link #nextSession}
	 */
	public boolean owns(long session) {
		return session >>> COUNT_BITS == this.number;
	}

}
