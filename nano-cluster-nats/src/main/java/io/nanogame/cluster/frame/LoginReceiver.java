package io.nanogame.cluster.frame;

import io.nanogame.cluster.frame.LoginFrame.LoginPage;
import io.nanogame.cluster.frame.LoginFrame.LoginsQuery;

/**
 * Receives the numbered logins of gateways. Called on the thread that reads from the
 * network, in the order of sending, with the id of the sender; must not block.
 */
public interface LoginReceiver {

	void page(String from, LoginPage page);

	void queried(String from, LoginsQuery query);

}
