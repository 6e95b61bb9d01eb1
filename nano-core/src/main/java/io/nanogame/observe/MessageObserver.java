package io.nanogame.observe;

import io.nanogame.protocol.MessageType;
import io.nanogame.session.Session;

/**
 * Receives the facts of each message from and to clients, never its payload. Called on
 * the event loop of the connection; must not block.
 */
public interface MessageObserver {

	/**
	 * Called when the head of a message was read, also if the message is rejected.
	 * @param session the session of the client
	 * @param type request or notify
	 * @param id the id of a request, else 0
	 * @param route the route, as the client sent it
	 * @param length the length of the body in bytes, as it was received
	 */
	void received(Session session, MessageType type, long id, String route, int length);

	/**
	 * Called when a message was appended to the output of its client.
	 * @param session the session of the client
	 * @param type response or push
	 * @param id the id of the request, else 0
	 * @param route the route
	 * @param length the length of the body in bytes
	 */
	void sent(Session session, MessageType type, long id, String route, int length);

}
