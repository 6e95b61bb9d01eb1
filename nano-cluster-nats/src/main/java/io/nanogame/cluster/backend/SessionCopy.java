package io.nanogame.cluster.backend;

/**
 * A snapshot of the copy of a session of another node.
 *
 * @param gateway the id of the node to which the client is connected
 * @param messages the messages that are queued or handled here
 * @param version the last change of the session's state that was received
 */
public record SessionCopy(String gateway, int messages, long version) {

	static SessionCopy of(RemoteSession session) {
		int messages = session.messages();
		synchronized (session.numbers()) {
			return new SessionCopy(session.gateway(), messages, session.numbers().version());
		}
	}

}
