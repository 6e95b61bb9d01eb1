package io.nanogame.cluster.frame;

import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import io.nanogame.cluster.frame.SessionFrame.SessionProbe;

/**
 * Receives the frames about sessions. Called on the thread that reads from the network,
 * in the order of sending, with the id of the sender; must not block.
 */
public interface SessionReceiver {

	void sessionClosed(String from, SessionClosed closed);

	void sessionProbed(String from, SessionProbe probe);

}
