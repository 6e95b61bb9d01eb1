package io.nanogame.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * SPI. The sessions of players on other servers of a cluster, which newer logins at this
 * one continue. Thread-safe; must not block.
 */
@FunctionalInterface
public interface OlderSessions {

	/** No other servers. */
	OlderSessions NONE = (newer, uid, stamp) -> CompletableFuture.completedFuture(true);

	/**
	 * Brings the session of a player from another server to this one. Its client is
	 * disconnected.
	 * @param newer the session of this server that is about to be bound to the uid
	 * @param uid the player
	 * @param stamp the time of the login, by the clock of the cluster
	 * @return true when the older session has arrived, when there is none, and when it
	 * does not arrive in time, so that the newer login replaces it; false if the player
	 * has logged in elsewhere meanwhile, so that this login must end. Completes after a
	 * limited time, on any thread and never exceptionally
	 */
	CompletionStage<Boolean> bring(Session newer, String uid, long stamp);

}
