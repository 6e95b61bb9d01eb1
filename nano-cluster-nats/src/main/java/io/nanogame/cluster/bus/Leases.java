package io.nanogame.cluster.bus;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Leases of keys: a key has at most one owner, until the owner releases it or has not
 * renewed it for the length of a lease. Each change of an entry gets a number, its
 * revision, which is greater than all earlier ones. Methods do not block; results are
 * completed on any thread within a short time, also if there is no connection.
 * Thread-safe.
 */
public interface Leases {

	/**
	 * Prepares the leases. Creates them if no node has done so.
	 * @return the length of a lease, the same on all nodes; fails with a
	 * {@link LeasesDisabledException} if the servers keep no leases, and with another
	 * exception if that cannot be determined now
	 */
	CompletableFuture<Duration> open();

	/**
	 * Takes a key that is free, or that the same owner has already.
	 * @param key up to 400 letters, digits, dots, hyphens, underscores and equals signs
	 * @param owner identifies the owner
	 * @return the revision; empty if the key has another owner. After a failure the key
	 * may have been taken
	 */
	CompletableFuture<OptionalLong> take(String key, String owner);

	/**
	 * Renews a lease.
	 * @param key the key
	 * @param owner its owner
	 * @param revision the revision of the previous {@link #take} or renewal
	 * @return the new revision; empty if the lease is over. After a failure it may have
	 * been renewed
	 */
	CompletableFuture<OptionalLong> renew(String key, String owner, long revision);

	/**
	 * Ends a lease. Without effect if the entry has another revision.
	 * @param key the key
	 * @param revision the revision of the last {@link #take} or renewal
	 * @return completed when the key is free
	 */
	CompletableFuture<Void> release(String key, long revision);

}
