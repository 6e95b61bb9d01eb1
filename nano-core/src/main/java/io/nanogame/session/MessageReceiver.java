package io.nanogame.session;

import java.util.Map;

import io.nanogame.protocol.Message;

/**
 * Receives the messages of clients. The dispatcher is one receiver; its fallback for
 * unknown routes is another: in a cluster the router, else an error response.
 */
@FunctionalInterface
public interface MessageReceiver {

	/** The headers of a message that its client has sent as text. */
	Map<String, String> SENT_AS_TEXT = Map.of("message-type", "text");

	/**
	 * Receives a message of a client. Called on the session's {@link ConnectionLoop}, in
	 * the order of receipt; must not block.
	 * @param session the session of the client
	 * @param message the message
	 * @param headers the headers of the node that forwards the message, such as the
	 * context of a trace; empty if the client is connected to this server
	 * @param receivedNanos the time of receipt, in the time of this server
	 * @param deadlineNanos the deadline for the response, in the time of this server; a
	 * message that has not started by then does not start
	 */
	void receive(Session session, Message message, Map<String, String> headers, long receivedNanos, long deadlineNanos);

}
