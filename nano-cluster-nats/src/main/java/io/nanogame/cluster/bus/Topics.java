package io.nanogame.cluster.bus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * The topics of a cluster: the parts of its {@link Subjects} after the sender.
 * <p>
 * Names of the game (uids, groups) may contain any characters and have any length. Dots,
 * blanks, stars and arrows have a meaning in NATS, so names are encoded in base64. NATS
 * accepts lines of up to 4,096 bytes, so long names are replaced by their hash. No
 * subject is longer than 800 characters.
 */
public final class Topics {

	/** Longer names are hashed. The same on all nodes of a cluster. */
	private static final int LONGEST_NAME_BYTES = 128;

	/** The prefix of a hash. It does not occur in base64. */
	private static final String HASHED = "~";

	private Topics() {
	}

	/**
	 * Returns the topic of a node.
	 * @param id the node's id
	 * @return the topic of all messages for it
	 */
	public static String node(String id) {
		return "node." + Subjects.tokens(id);
	}

	/**
	 * Returns the topic on which NATS reports that a node is not subscribed.
	 * @param id the receiving node, or null for all
	 * @return a topic for replies
	 */
	public static String lost(@Nullable String id) {
		return "lost." + ((id != null) ? Subjects.tokens(id) : "*.*");
	}

	/**
	 * Returns the topic on which nodes announce themselves.
	 * @return the topic to which all nodes subscribe
	 */
	public static String members() {
		return "members";
	}

	/**
	 * Returns the topic of announcements for one node.
	 * @param id the id of the node
	 * @return the topic to which that node subscribes
	 */
	public static String member(String id) {
		return "member." + Subjects.tokens(id);
	}

	/**
	 * Returns the topic of all gateways.
	 * @return the topic to which all gateways subscribe
	 */
	public static String gateways() {
		return "gateways";
	}

	/**
	 * Returns the topic of logins.
	 * @return the topic to which all gateways subscribe
	 */
	public static String logins() {
		return "logins";
	}

	/**
	 * Returns the topic of a player.
	 * @param uid the uid
	 * @return the topic of the gateways with a session of the player
	 */
	public static String user(String uid) {
		return "user." + encoded(uid);
	}

	/**
	 * Returns the topic of the members of a group.
	 * @param name the group's name
	 * @return the topic of the gateways with a member
	 */
	public static String group(String name) {
		return "group." + encoded(name);
	}

	/**
	 * Returns the topic of changes of a group.
	 * @param name the group's name
	 * @return the topic of the nodes that use the group
	 */
	public static String presence(String name) {
		return "presence." + encoded(name);
	}

	/**
	 * Returns the topic of a service on any node.
	 * @param name the service's name
	 * @return the topic of the queue group of nodes that have an instance without a name
	 */
	public static String service(String name) {
		return "service." + encoded(name);
	}

	/**
	 * Returns the topic of a service on one node.
	 * @param name the service's name
	 * @param node the node's id
	 * @return the topic of that node's instance without a name
	 */
	public static String serviceOn(String name, String node) {
		return service(name) + ".node." + Subjects.tokens(node);
	}

	/**
	 * Returns the topic of an instance of a service on any node.
	 * @param name the service's name
	 * @param instance the instance's name
	 * @return the topic of the queue group of nodes that have it
	 */
	public static String serviceAt(String name, String instance) {
		return service(name) + ".at." + encoded(instance);
	}

	/**
	 * Returns the topic of all instances of a service.
	 * @param name the service's name
	 * @return the topic of all nodes that have any
	 */
	public static String allServices(String name) {
		return service(name) + ".all";
	}

	/**
	 * Returns the topic for the reply of a service.
	 * @param caller the calling node
	 * @param call the number of the call, or {@code *} for all
	 * @return a topic for replies
	 */
	public static String answer(String caller, String call) {
		return "answer." + Subjects.tokens(caller) + "." + call;
	}

	/**
	 * Returns the topic on which NATS reports that no node is subscribed to a service.
	 * @param service the service's name, {@link #encoded}, or {@code *} for all
	 * @return a topic for replies
	 */
	public static String unheard(String service) {
		return "unheard." + service;
	}

	/**
	 * Returns the topic on which NATS reports that no node is subscribed for a player.
	 * @param query the number of the query, or {@code *} for all
	 * @return a topic for replies
	 */
	public static String absent(String query) {
		return "absent." + query;
	}

	/**
	 * Returns the key of a claimed instance in {@link Subjects#claims}.
	 * @param service the service's name
	 * @param instance the instance's name
	 * @return up to 343 letters, digits, dots, hyphens, underscores and equals signs
	 */
	public static String claim(String service, String instance) {
		return (encoded(service) + "." + encoded(instance)).replace(HASHED, "=");
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
