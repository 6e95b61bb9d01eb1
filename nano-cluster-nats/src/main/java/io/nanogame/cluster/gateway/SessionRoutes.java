package io.nanogame.cluster.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A snapshot of the nodes that handle messages of a session of this node.
 *
 * @param version the number of changes of the session's state, since other nodes know it
 * @param components the id of the node of each component that was used or bound
 * @param nodes the nodes that know the session, by id
 */
public record SessionRoutes(long version, Map<String, String> components, List<Destination> nodes) {

	/** The routes of a session that no other node knows. */
	public static final SessionRoutes NONE = new SessionRoutes(0, Map.of(), List.of());

	/** Confined to the loop of the session. */
	static SessionRoutes of(ForwardedSession session) {
		TreeSet<String> nodes = new TreeSet<>(session.copies().nodes());
		session.inFlight().all().forEach((message) -> nodes.add(message.node()));
		return new SessionRoutes(session.copies().version(), new TreeMap<>(session.chosen().all()),
				nodes.stream().map((node) -> destination(session, node)).toList());
	}

	private static Destination destination(ForwardedSession session, String node) {
		List<Forwarded> messages = session.inFlight().sentTo(node);
		Duration oldest = messages.isEmpty() ? Duration.ZERO
				: Duration.ofNanos(session.time().now() - messages.get(0).sentNanos());
		return new Destination(node, messages.size(), oldest);
	}

	/**
	 * A node that knows the session.
	 *
	 * @param node the id of the node
	 * @param messages the messages that were sent there and are not completed
	 * @param oldest the time since the first of these was sent; zero if there is none
	 */
	public record Destination(String node, int messages, Duration oldest) {
	}

}
