package io.nanogame.service;

/**
 * Provides the instance of a claimed name. Both methods are called on a worker thread,
 * one after the other, and may block.
 *
 * @param <T> the service
 */
@FunctionalInterface
public interface Claimant<T> {

	/**
	 * Called when this node has become the owner of the name, each time. The instance is
	 * offered when the method returns, and is new: another node may have owned the name
	 * since the last time. After an exception, which is logged, the name is released, and
	 * claimed again later.
	 * @param fence the number of the ownership, greater than that of each earlier owner;
	 * 0 without a cluster. A database that refuses writes with a smaller number than it
	 * has seen is safe from owners that do not know yet that they have lost the name
	 * @return the implementation; ticks if it is {@link Ticking}
	 * @throws Exception when this node cannot provide the instance now
	 */
	T acquired(long fence) throws Exception;

	/**
	 * Called when this node has lost the name, and when it leaves the cluster; not after
	 * {@link Claim#close()}. The instance is no longer called. Its last call may not have
	 * ended yet.
	 */
	default void lost() {
	}

}
