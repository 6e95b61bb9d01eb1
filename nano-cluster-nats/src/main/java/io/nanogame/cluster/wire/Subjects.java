package io.nanogame.cluster.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The NATS subjects of a cluster. Names of the game (uids, groups) may hold anything and
 * have any length. NATS gives a meaning to dots, blanks, stars and arrows, so names
 * travel as base64; and it takes lines of 4,096 bytes only, so the long ones travel as
 * their hash. No subject is longer than 700 characters.
 */
public final class Subjects {

	/** Longer names are hashed. The same on all nodes of a cluster. */
	private static final int LONGEST_NAME_BYTES = 128;

	/** In front of a hash. No base64 has it. */
	private static final String HASHED = "~";

	/** What nodes call themselves. */
	private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

	private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9_-]{1,64}");

	private final String prefix;

	/**
	 * The subjects of a cluster.
	 * @param cluster its name: up to 64 letters, digits, hyphens and underscores
	 * @throws IllegalArgumentException when it is no such name
	 */
	public Subjects(String cluster) {
		if (!isCluster(cluster)) {
			throw new IllegalArgumentException(
					"A cluster's name has up to 64 letters, digits, hyphens and underscores, not '" + cluster + "'");
		}
		this.prefix = "nano." + cluster + ".";
	}

	/**
	 * Whether a cluster may have a name.
	 * @param name any text
	 * @return true for up to 64 letters, digits, hyphens and underscores
	 */
	public static boolean isCluster(String name) {
		return CLUSTER.matcher(name).matches();
	}

	/**
	 * Whether a node may have an id.
	 * @param id any text
	 * @return true for up to 128 letters, digits, hyphens and underscores
	 */
	public static boolean isNode(String id) {
		return NODE_ID.matcher(id).matches();
	}

	/**
	 * What a node is told.
	 * @param id the node's id
	 * @return its own subject
	 */
	public String node(String id) {
		return this.prefix + "node." + nodeToken(id);
	}

	/**
	 * Where NATS says that nobody listens to a node any more.
	 * @param self who sends
	 * @param id the node
	 * @return a subject for replies
	 */
	public String lost(String self, String id) {
		return this.prefix + "lost." + self + "." + nodeToken(id);
	}

	/**
	 * All subjects of {@link #lost}.
	 * @param self who sends
	 * @return a subject with a wildcard
	 */
	public String allLost(String self) {
		return this.prefix + "lost." + self + ".*";
	}

	/**
	 * Who comes and goes.
	 * @return the subject all nodes hear
	 */
	public String nodes() {
		return this.prefix + "nodes";
	}

	/**
	 * All who hold clients.
	 * @return the subject all gateways hear
	 */
	public String gateways() {
		return this.prefix + "gateways";
	}

	/**
	 * A player, wherever connected.
	 * @param uid the uid
	 * @return the subject of the gateways that hold a session of it
	 */
	public String user(String uid) {
		return this.prefix + "user." + encoded(uid);
	}

	/**
	 * The members of a group, wherever connected.
	 * @param name the group's name
	 * @return the subject of the gateways that hold a member
	 */
	public String group(String name) {
		return this.prefix + "group." + encoded(name);
	}

	/**
	 * Who comes to a group and leaves it.
	 * @param name the group's name
	 * @return the subject of the nodes that use the group
	 */
	public String presence(String name) {
		return this.prefix + "presence." + encoded(name);
	}

	/**
	 * A service, wherever it is offered.
	 * @param name the service's name
	 * @return the subject of the queue group of nodes that have an instance without a
	 * name
	 */
	public String service(String name) {
		return this.prefix + "service." + encoded(name);
	}

	/**
	 * A service on a node.
	 * @param name the service's name
	 * @param node the node's id
	 * @return the subject of that node's instance without a name
	 */
	public String serviceOn(String name, String node) {
		return service(name) + ".node." + nodeToken(node);
	}

	/**
	 * An instance of a service, wherever it is.
	 * @param name the service's name
	 * @param instance the instance's name
	 * @return the subject of the queue group of nodes that have it
	 */
	public String serviceAt(String name, String instance) {
		return service(name) + ".at." + encoded(instance);
	}

	/**
	 * All instances of a service.
	 * @param name the service's name
	 * @return the subject of all nodes that have any
	 */
	public String allServices(String name) {
		return service(name) + ".all";
	}

	/**
	 * Where a service answers.
	 * @param self who has called
	 * @param call which call, or {@code *} for all
	 * @return a subject for replies
	 */
	public String answer(String self, String call) {
		return this.prefix + "answer." + self + "." + call;
	}

	/**
	 * Where NATS says that nobody has heard what was sent to a service.
	 * @param self who has sent
	 * @param service the service's name, {@link #encoded}, or {@code *} for all
	 * @return a subject for replies
	 */
	public String unheard(String self, String service) {
		return this.prefix + "unheard." + self + "." + service;
	}

	/**
	 * Where NATS replies that no node listens for a player.
	 * @param self the node that asks
	 * @param question its question
	 * @return a subject for replies
	 */
	public String absent(String self, String question) {
		return this.prefix + "absent." + self + "." + question;
	}

	/**
	 * All of {@link #absent} to one node.
	 * @param self the node that asks
	 * @return a subject with a wildcard
	 */
	public String allAbsent(String self) {
		return this.prefix + "absent." + self + ".*";
	}

	/**
	 * The token behind the last dot.
	 * @param subject a subject
	 * @return its last token
	 */
	public static String lastToken(String subject) {
		return subject.substring(subject.lastIndexOf('.') + 1);
	}

	/** The game may name a node that never was. */
	private static String nodeToken(String id) {
		return isNode(id) ? id : encoded(id);
	}

	/**
	 * A name as a token.
	 * @param name any name
	 * @return up to 171 characters that NATS gives no meaning to; another one for each
	 * name, as far as the name can be written as UTF-8
	 */
	public static String encoded(String name) {
		byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
		boolean isShort = bytes.length > 0 && bytes.length <= LONGEST_NAME_BYTES;
		return isShort ? base64(bytes) : HASHED + base64(hash(bytes));
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private static byte[] hash(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	/**
	 * A token as a name, for logs.
	 * @param token what {@link #encoded} has made
	 * @return the name; the token itself when the name was hashed
	 */
	public static String decoded(String token) {
		return token.startsWith(HASHED) ? token
				: new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
	}

}
