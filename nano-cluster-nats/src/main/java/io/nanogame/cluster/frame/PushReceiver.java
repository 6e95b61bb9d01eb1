package io.nanogame.cluster.frame;

import io.nanogame.cluster.frame.PushFrame.AudiencePush;
import io.nanogame.cluster.frame.PushFrame.PushAcknowledged;

/**
 * Receives the pushes to all gateways, and their replies. Called on the thread that reads
 * from the network, in the order of sending, with the id of the sender; must not block.
 */
public interface PushReceiver {

	void push(String from, AudiencePush push);

	void acknowledged(String from, PushAcknowledged acknowledgement);

}
