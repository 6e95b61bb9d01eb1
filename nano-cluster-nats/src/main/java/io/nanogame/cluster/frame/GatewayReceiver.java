package io.nanogame.cluster.frame;

import io.nanogame.cluster.frame.GatewayFrame.MessageDone;
import io.nanogame.cluster.frame.GatewayFrame.MessageFate;
import io.nanogame.cluster.frame.GatewayFrame.Multicast;
import io.nanogame.cluster.frame.GatewayFrame.Push;
import io.nanogame.cluster.frame.GatewayFrame.Reply;
import io.nanogame.cluster.frame.GatewayFrame.SessionUnknown;
import io.nanogame.cluster.frame.GatewayFrame.StateChange;

/**
 * Receives the frames to a gateway. Called on the thread that reads from the network, in
 * the order of sending, with the id of the sender; must not block.
 */
public interface GatewayReceiver {

	void reply(String from, Reply reply);

	void stateChange(String from, StateChange change);

	void push(String from, Push push);

	void multicast(String from, Multicast multicast);

	void messageDone(String from, MessageDone done);

	void messageFate(String from, MessageFate fate);

	void sessionUnknown(String from, SessionUnknown unknown);

}
