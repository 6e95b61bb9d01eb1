package io.nanogame.cluster.frame;

import io.nanogame.cluster.frame.SessionFrame.AttributeChanged;
import io.nanogame.cluster.frame.SessionFrame.LoginChanged;
import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import io.nanogame.cluster.frame.SessionFrame.SessionProbe;
import io.nanogame.cluster.frame.SessionFrame.UidBound;
import io.nanogame.cluster.frame.SessionFrame.UidUnbound;

/**
 * Receives the frames about the state of sessions. Called on the thread that reads from
 * the network, in the order of sending, with the id of the sender; must not block.
 */
public interface SessionReceiver {

	void attributeChanged(String from, AttributeChanged change);

	void uidBound(String from, UidBound bound);

	void uidUnbound(String from, UidUnbound unbound);

	void loginChanged(String from, LoginChanged change);

	void sessionClosed(String from, SessionClosed closed);

	void sessionProbed(String from, SessionProbe probe);

}
