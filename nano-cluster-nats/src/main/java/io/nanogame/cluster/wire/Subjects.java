package io.nanogame.cluster.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The NATS subjects of a cluster. Names of the game (uids, groups) may hold anything, so
 * they travel as base64; NATS gives a meaning to dots, blanks, stars and arrows.
 */
public final class Subjects {

	private final String prefix;

	/**
	 * The subjects of a cluster.
	 * @param cluster its name: letters, digits, hyphens and underscores
	 */
	public Subjects(String cluster) {
		if (!cluster.matches("[A-Za-z0-9_-]+")) {
			throw new IllegalArgumentException(
					"A cluster's name has only letters, digits, hyphens and underscores, not '" + cluster + "'");
		}
		this.prefix = "nano." + cluster + ".";
	}

	/**
	 * What a node is told.
	 * @param id the node's id
	 * @return its own subject
	 */
	public String node(String id) {
		return this.prefix + "node." + id;
	}

	/**
	 * Where NATS says that nobody listens to a node any more.
	 * @param self who sends
	 * @param id the node, or {@code *} for all
	 * @return a subject for replies
	 */
	public String lost(String self, String id) {
		return this.prefix + "lost." + self + "." + id;
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
		return service(name) + ".node." + node;
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
	 * The token behind the last dot.
	 * @param subject a subject
	 * @return its last token
	 */
	public static String lastToken(String subject) {
		return subject.substring(subject.lastIndexOf('.') + 1);
	}

	/**
	 * A name as a token.
	 * @param name any name but the empty one
	 * @return what NATS gives no meaning to
	 */
	public static String encoded(String name) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A token as a name.
	 * @param token what {@link #encoded} has made
	 * @return the name
	 */
	public static String decoded(String token) {
		return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
	}

}
