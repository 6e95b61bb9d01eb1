package io.nanogame.cluster.frame;

import io.nanogame.cluster.frame.UserFrame.LoginClaimed;
import io.nanogame.cluster.frame.UserFrame.SessionsQuery;
import io.nanogame.cluster.frame.UserFrame.SessionsReply;
import io.nanogame.cluster.frame.UserFrame.UserKick;
import io.nanogame.cluster.frame.UserFrame.UserPush;

/**
 * Receives the frames about players. Called on the thread that reads from the network, in
 * the order of sending, with the id of the sender; must not block.
 */
public interface UserReceiver {

	void push(String from, UserPush push);

	void kick(String from, UserKick kick);

	void sessionsQueried(String from, SessionsQuery query);

	void sessionsFound(String from, SessionsReply reply);

	void loginClaimed(String from, LoginClaimed claim);

}
