package io.nanogame.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * SPI. The logins of the other servers of a cluster. Any thread; must not block.
 */
public interface RemoteLogins {

	/** Of a server without a cluster. */
	RemoteLogins NONE = new RemoteLogins() {

		@Override
		public boolean isOwn(Session session) {
			return true;
		}

		@Override
		public long stamp() {
			// Claims of one server are decided in the order they are made.
			return 0;
		}

		@Override
		public void announce(LoginClaim claim) {
		}

		@Override
		public CompletionStage<Boolean> isHeld(String uid) {
			return CompletableFuture.completedFuture(false);
		}

	};

	/**
	 * Whether a session's client is connected to this server.
	 * @param session the session
	 * @return false for sessions whose client is connected to another server
	 */
	boolean isOwn(Session session);

	/**
	 * The time of a login, by the clock of the cluster.
	 * @return a number greater than all that were returned before
	 */
	long stamp();

	/**
	 * Announces a login of this server to the others.
	 * @param claim the login
	 */
	void announce(LoginClaim claim);

	/**
	 * Asks the other servers whether a player is logged in there.
	 * @param uid the player
	 * @return true when one of them replies so; false when none has replied in time. On
	 * any thread
	 */
	CompletionStage<Boolean> isHeld(String uid);

}
