package io.nanogame.cluster.frame;

import io.nanogame.cluster.frame.BackendFrame.DoneQuery;
import io.nanogame.cluster.frame.BackendFrame.ForwardedMessage;
import io.nanogame.cluster.frame.BackendFrame.SessionOwner;
import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.cluster.frame.BackendFrame.StateChanged;

/**
 * Receives the frames to a backend. Called on the thread that reads from the network, in
 * the order of sending, with the id of the sender; must not block.
 */
public interface BackendReceiver {

	void snapshot(String from, SessionSnapshot snapshot);

	void owner(String from, SessionOwner owner);

	void stateChanged(String from, StateChanged change);

	void message(String from, ForwardedMessage message);

	void doneQuery(String from, DoneQuery query);

}
