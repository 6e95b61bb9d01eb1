package io.nanogame.cluster.bus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The NATS subjects of a cluster. Names of the game (uids, groups) may contain any
 * characters and have any length. Dots, blanks, stars and arrows have a meaning in NATS,
 * so names are encoded in base64. NATS accepts lines of up to 4,096 bytes, so long names
 * are replaced by their hash. No subject is longer than 700 characters.
 */
public final class Subjects {

	/** Longer names are hashed. The same on all nodes of a cluster. */
	private static final int LONGEST_NAME_BYTES = 128;

	/** The prefix of a hash. It does not occur in base64. */
	private static final String HASHED = "~";

	/** The form of node ids. */
	private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

	private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9_-]{1,64}");

	private final String prefix;

	/**
	 * Creates the subjects of a cluster.
	 * @param cluster its name: up to 64 letters, digits, hyphens and underscores
	 * @throws IllegalArgumentException when the name is invalid
	 */
	public Subjects(String cluster) {
		if (!isCluster(cluster)) {
			throw new IllegalArgumentException(
					"A cluster's name has up to 64 letters, digits, hyphens and underscores, not '" + cluster + "'");
		}
		this.prefix = "nano." + cluster + ".";
	}

	/**
	 * Returns whether a name of a cluster is valid.
	 * @param name any text
	 * @return true for up to 64 letters, digits, hyphens and underscores
	 */
	public static boolean isCluster(String name) {
		return CLUSTER.matcher(name).matches();
	}

	/**
	 * Returns whether an id of a node is valid.
	 * @param id any text
	 * @return true for up to 128 letters, digits, hyphens and underscores
	 */
	public static boolean isNode(String id) {
		return NODE_ID.matcher(id).matches();
	}

	/**
	 * Returns the subject of a node.
	 * @param id the node's id
	 * @return the subject of all messages for it
	 */
	public String node(String id) {
		return this.prefix + "node." + nodeToken(id);
	}

	/**
	 * Returns the subject on which NATS reports that a node is not subscribed.
	 * @param self the sending node
	 * @param id the receiving node @return a subject for replies
	 */
	public String lost(String self, String id) {
		return this.prefix + "lost." + self + "." + nodeToken(id);
	}

	/**
	 * Returns the pattern of all subjects of {@link #lost}.
	 * @param self the sending node @return a subject with a wildcard
	 */
	public String allLost(String self) {
		return this.prefix + "lost." + self + ".*";
	}

	/**
	 * Returns the subject on which nodes announce themselves.
	 * @return the subject to which all nodes subscribe
	 */
	public String members() {
		return this.prefix + "members";
	}

	/**
	 * Returns the subject of announcements for one node.
	 * @param id the id of the node
	 * @return the subject to which that node subscribes
	 */
	public String member(String id) {
		return this.prefix + "member." + nodeToken(id);
	}

	/**
	 * Returns the subject of all gateways.
	 * @return the subject to which all gateways subscribe
	 */
	public String gateways() {
		return this.prefix + "gateways";
	}

	/**
	 * Returns the subject of logins.
	 * @return the subject to which all gateways subscribe
	 */
	public String logins() {
		return this.prefix + "logins";
	}

	/**
	 * Returns the subject of a player.
	 * @param uid the uid
	 * @return the subject of the gateways with a session of the player
	 */
	public String user(String uid) {
		return this.prefix + "user." + encoded(uid);
	}

	/**
	 * Returns the subject of the members of a group.
	 * @param name the group's name
	 * @return the subject of the gateways with a member
	 */
	public String group(String name) {
		return this.prefix + "group." + encoded(name);
	}

	/**
	 * Returns the subject of changes of a group. @param name the group's name
	 * @return the subject of the nodes that use the group
	 */
	public String presence(String name) {
		return this.prefix + "presence." + encoded(name);
	}

	/**
	 * Returns the subject of a service on any node. @param name the service's name
	 * @return the subject of the queue group of nodes that have an instance without a
	 * name
	 */
	public String service(String name) {
		return this.prefix + "service." + encoded(name);
	}

	/**
	 * Returns the subject of a service on one node. @param name the service's name
	 * @param node the node's id
	 * @return the subject of that node's instance without a name
	 */
	public String serviceOn(String name, String node) {
		return service(name) + ".node." + nodeToken(node);
	}

	/**
	 * Returns the subject of an instance of a service on any node. @param name the
	 * service's name
	 * @param instance the instance's name
	 * @return the subject of the queue group of nodes that have it
	 */
	public String serviceAt(String name, String instance) {
		return service(name) + ".at." + encoded(instance);
	}

	/**
	 * Returns the subject of all instances of a service. @param name the service's name
	 * @return the subject of all nodes that have any
	 */
	public String allServices(String name) {
		return service(name) + ".all";
	}

	/**
	 * Returns the subject for the reply of a service.
	 * @param self the calling node
	 * @param call the number of the call, or {@code *} for all
	 * @return a subject for replies
	 */
	public String answer(String self, String call) {
		return this.prefix + "answer." + self + "." + call;
	}

	/**
	 * Returns the subject on which NATS reports that no node is subscribed to a service.
	 * @param self the sending node
	 * @param service the service's name, {@link #encoded}, or {@code *} for all
	 * @return a subject for replies
	 */
	public String unheard(String self, String service) {
		return this.prefix + "unheard." + self + "." + service;
	}

	/**
	 * Returns the subject on which NATS reports that no node is subscribed for a player.
	 * @param self the querying node
	 * @param question the number of the query
	 * @return a subject for replies
	 */
	public String absent(String self, String question) {
		return this.prefix + "absent." + self + "." + question;
	}

	/**
	 * Returns the pattern of all subjects of {@link #absent} for one node.
	 * @param self the querying node
	 * @return a subject with a wildcard
	 */
	public String allAbsent(String self) {
		return this.prefix + "absent." + self + ".*";
	}

	/**
	 * Returns the token after the last dot.
	 * @param subject a subject
	 * @return its last token
	 */
	public static String lastToken(String subject) {
		return subject.substring(subject.lastIndexOf('.') + 1);
	}

	/** The game may name a node that does not exist. */
	private static String nodeToken(String id) {
		return isNode(id) ? id : encoded(id);
	}

	/**
	 * Encodes a name as a token.
	 * @param name any name
	 * @return up to 171 characters without a meaning in NATS; unique for each name that
	 * can be encoded in UTF-8
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
	 * Decodes a token, for logs.
	 * @param token a token of {@link #encoded}
	 * @return the name; the token itself when the name was hashed
	 */
	public static String decoded(String token) {
		return token.startsWith(HASHED) ? token
				: new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
	}

}
