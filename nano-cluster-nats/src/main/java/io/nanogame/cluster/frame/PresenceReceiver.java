package io.nanogame.cluster.frame;

import io.nanogame.cluster.frame.PresenceFrame.PresenceNumbers;
import io.nanogame.cluster.frame.PresenceFrame.PresenceQuery;

/**
 * Receives the frames about the members of all groups. Called on the thread that reads
 * from the network, in the order of sending, with the id of the sender; must not block.
 */
public interface PresenceReceiver {

	void offered(String from);

	void queried(String from, PresenceQuery query);

	void numbered(String from, PresenceNumbers numbers);

}
