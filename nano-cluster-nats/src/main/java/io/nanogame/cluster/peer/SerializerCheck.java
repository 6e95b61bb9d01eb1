package io.nanogame.cluster.peer;

import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the sessions whose payloads other nodes can neither read nor write: bytes between
 * nodes are in the form of the serializer that all of them have, and a session may have
 * another. Thread-safe.
 */
public final class SerializerCheck {

	private static final Logger log = LoggerFactory.getLogger(SerializerCheck.class);

	private final LimitedLog limitedLog = new LimitedLog(log);

	private final String own;

	/**
	 * Creates a check.
	 * @param payloads of this node, and so of the others
	 */
	public SerializerCheck(Payloads payloads) {
		this.own = payloads.serializer().name();
	}

	/**
	 * Checks a session whose message another node is to handle.
	 * @param session a session of this node
	 * @param route the route of the message
	 * @return whether the other node can read the message; when it cannot, that is logged
	 */
	public boolean mayForward(Session session, String route) {
		if (isOwn(session.payloads())) {
			return true;
		}
		this.limitedLog.error(
				"A message to {} on another node was refused: "
						+ "the serializer of its session is {}, and that of the nodes is {}",
				null, route, name(session.payloads()), this.own);
		return false;
	}

	/**
	 * Checks sessions that another node pushes to.
	 * @param payloads those of the sessions
	 * @param route the route of the push
	 * @return whether the sessions can read the push; when they cannot, that is logged
	 */
	public boolean mayPush(Payloads payloads, String route) {
		if (isOwn(payloads)) {
			return true;
		}
		this.limitedLog.error(
				"A push to {} from another node was dropped: "
						+ "the serializer of its session is {}, and that of the nodes is {}",
				null, route, name(payloads), this.own);
		return false;
	}

	private boolean isOwn(Payloads payloads) {
		return name(payloads).equals(this.own);
	}

	private static String name(Payloads payloads) {
		return payloads.serializer().name();
	}

}
