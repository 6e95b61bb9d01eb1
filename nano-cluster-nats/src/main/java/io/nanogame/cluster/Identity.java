package io.nanogame.cluster;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The id of a node, from its start to its end, and the ids of its sessions: 21 bits of
 * the node and a count of 32 bits. So the id of a session contains its node, is unique in
 * the cluster, and fits in 53 bits, as the numbers of JavaScript do. Thread-safe.
 */
public final class Identity {

	private static final int COUNT_BITS = 32;

	private static final int NUMBER_BITS = 21;

	/** The maximum number of characters of the name in the id. */
	private static final int NAME_LENGTH = 64;

	private final long number;

	private final AtomicLong sessions = new AtomicLong();

	private final String name;

	private final String id;

	/**
	 * Creates an identity with a random number.
	 * @param name the name of the node, need not be unique
	 */
	public Identity(String name) {
		this(name, 1 + new SecureRandom().nextInt((1 << NUMBER_BITS) - 1));
	}

	/**
	 * Creates an identity.
	 * @param name the name of the node, need not be unique
	 * @param number the number of the node, from 1 to 2,097,151; unique among the running
	 * nodes
	 */
	public Identity(String name, int number) {
		this.number = number;
		this.name = name;
		String start = name.substring(0, Math.min(name.length(), NAME_LENGTH));
		this.id = start.replaceAll("[^A-Za-z0-9_-]", "_") + "-" + Long.toString(this.number, Character.MAX_RADIX);
	}

	public String name() {
		return this.name;
	}

	/**
	 * Returns the id of the node.
	 * @return the first 64 characters of its name and a number in base 36
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Returns the id of a new session of this node.
	 * @return an id that no other session has
	 */
	public long nextSession() {
		return (this.number << COUNT_BITS) | (this.sessions.incrementAndGet() & 0xFFFFFFFFL);
	}

	/**
	 * Returns whether a session is that of a node.
	 * @param node the id of a node
	 * @param session the id of a session
	 * @return true if the id of the session contains the number in the id of the node
	 */
	static boolean owns(String node, long session) {
		return node.endsWith("-" + Long.toString(session >>> COUNT_BITS, Character.MAX_RADIX));
	}

	/**
	 * Returns whether the client of a session is connected to this node.
	 * @param session the id of a session
	 * @return true for those of {@link #nextSession}
	 */
	public boolean owns(long session) {
		return session >>> COUNT_BITS == this.number;
	}

}
