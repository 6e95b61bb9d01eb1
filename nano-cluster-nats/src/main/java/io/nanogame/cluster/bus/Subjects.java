package io.nanogame.cluster.bus;

import java.util.regex.Pattern;

/**
 * The NATS subjects of a cluster: {@code nano.<cluster>.<name>.<number>.<topic>}, where
 * name and number are the id of the node that publishes. So NATS permissions can restrict
 * a node to its own name, and a receiver knows the sender for certain. A topic has no
 * sender: nodes subscribe to it with wildcards.
 */
public final class Subjects {

	/** The form of node ids: a name and a number. */
	private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9_-]{1,100}-[0-9a-z]{1,27}");

	private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9_-]{1,64}");

	private final String cluster;

	private final String own;

	private final String all;

	/**
	 * Creates the subjects of a node.
	 * @param cluster the name of its cluster: up to 64 letters, digits, hyphens and
	 * underscores
	 * @param self the id of the node
	 * @throws IllegalArgumentException when one of them is invalid
	 */
	public Subjects(String cluster, String self) {
		if (!isCluster(cluster)) {
			throw new IllegalArgumentException(
					"A cluster's name has up to 64 letters, digits, hyphens and underscores, not '" + cluster + "'");
		}
		if (!isNode(self)) {
			throw new IllegalArgumentException("A node's id is a name and a number, not '" + self + "'");
		}
		this.cluster = cluster;
		String prefix = "nano." + cluster + ".";
		this.own = prefix + tokens(self) + ".";
		this.all = prefix + "*.*.";
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
	 * @return true for up to 100 letters, digits, hyphens and underscores, a hyphen and a
	 * number in base 36
	 */
	public static boolean isNode(String id) {
		return NODE_ID.matcher(id).matches();
	}

	/**
	 * Returns the subject on which this node publishes.
	 * @param topic the topic
	 * @return a subject without wildcards
	 */
	public String own(String topic) {
		return this.own + topic;
	}

	/**
	 * Returns the subject on which all nodes publish.
	 * @param topic the topic
	 * @return a subject with wildcards for the sender
	 */
	public String all(String topic) {
		return this.all + topic;
	}

	/**
	 * Returns the node that has published a message.
	 * @param subject a subject of {@link #own}
	 * @return its id
	 */
	public static String sender(String subject) {
		int cluster = subject.indexOf('.') + 1;
		int name = subject.indexOf('.', cluster) + 1;
		int number = subject.indexOf('.', name);
		return subject.substring(name, number) + "-" + subject.substring(number + 1, subject.indexOf('.', number + 1));
	}

	/**
	 * Returns the number of a node.
	 * @param id the id of a node
	 * @return the part after the name, in base 36
	 */
	public static String number(String id) {
		return id.substring(id.lastIndexOf('-') + 1);
	}

	/**
	 * Returns the node of a subject that ends with it, as that of {@link Topics#lost}
	 * does.
	 * @param subject the subject
	 * @return the id of the node
	 */
	public static String lastNode(String subject) {
		int number = subject.lastIndexOf('.');
		int name = subject.lastIndexOf('.', number - 1);
		return subject.substring(name + 1, number) + "-" + subject.substring(number + 1);
	}

	/**
	 * Returns the token after the last dot.
	 * @param subject a subject
	 * @return its last token
	 */
	public static String lastToken(String subject) {
		return subject.substring(subject.lastIndexOf('.') + 1);
	}

	/**
	 * Returns the name of the leases for claimed instances of services.
	 * @return up to 76 letters, digits, hyphens and underscores
	 */
	public String claims() {
		return "nano_claims_" + this.cluster;
	}

	/** Name and number. The game may name a node that does not exist. */
	static String tokens(String id) {
		if (!isNode(id)) {
			return Topics.encoded(id) + ".none";
		}
		int end = id.lastIndexOf('-');
		return id.substring(0, end) + "." + id.substring(end + 1);
	}

}
