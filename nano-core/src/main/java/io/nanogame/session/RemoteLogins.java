package io.nanogame.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * SPI. The logins of the other servers of a cluster. Thread-safe; must not block.
 */
public interface RemoteLogins {

	/** The logins of other servers, without a cluster. */
	RemoteLogins NONE = new RemoteLogins() {

		@Override
		public boolean isOwn(Session session) {
			return true;
		}

		@Override
		public long stamp() {
			// The order of claims decides.
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
	 * Returns whether the client of a session is connected to this server.
	 * @param session the session
	 * @return false if the client is connected to another server
	 */
	boolean isOwn(Session session);

	/**
	 * Returns the time of a login, by the clock of the cluster.
	 * @return a number greater than all that were returned before
	 */
	long stamp();

	/**
	 * Announces a login of this server to the other servers.
	 * @param claim the claim to the uid
	 */
	void announce(LoginClaim claim);

	/**
	 * Queries the other servers whether a player is logged in on one of them.
	 * @param uid the player
	 * @return true if one of them confirms it; false if the player is not logged in on
	 * any. Completes on any thread, exceptionally when they do not reply in time, so that
	 * it is unknown
	 */
	CompletionStage<Boolean> isHeld(String uid);

}
