package io.nanogame.service;

/**
 * Receives the tenures of a claimed name, one after the other. Internal. Methods must not
 * block.
 */
public interface NameOwner {

	/**
	 * Called when this node has become the owner of the name.
	 * @param tenure held until {@link #lost}
	 */
	void acquired(Tenure tenure);

	/**
	 * Called when the tenure is over, unless it was released.
	 * @param tenure the tenure
	 */
	void lost(Tenure tenure);

	/** Called when this node is drained: releases the tenure. Another may follow. */
	void pause();

	/** Called when this node leaves its cluster: releases the tenure. */
	void leave();

}
