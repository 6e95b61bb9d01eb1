package io.nanogame.session;

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
	 */
	void receive(Session session, Message message);

}
