package io.nanogame.session;

import java.util.Map;

import io.nanogame.protocol.Message;

/**
 * The way into a server. The dispatcher is one; what it turns to for routes it does not
 * know is another: alone the answer "no such route", in a cluster the router.
 */
@FunctionalInterface
public interface MessageReceiver {

	/**
	 * Takes a message of a client. Called on the session's {@link ConnectionLoop}, in the
	 * order the messages came; must not block.
	 * @param session whose message it is
	 * @param message the message
	 * @param headers what the node it comes from has to say about it, such as the context
	 * of a trace; empty when it comes from the client
	 * @param receivedNanos when the message was received, in this server's time
	 * @param deadlineNanos when the time for an answer is over, in this server's time; a
	 * message that has not begun by then never does
	 */
	void receive(Session session, Message message, Map<String, String> headers, long receivedNanos, long deadlineNanos);

}
