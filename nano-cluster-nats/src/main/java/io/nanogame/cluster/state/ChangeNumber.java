package io.nanogame.cluster.state;

/**
 * The number of a change of a copy. Numbers are never used again, also by a change that
 * is repeated because it was lost.
 *
 * @param previous the number of the change before it; 0 for the first one
 * @param number its number
 */
public record ChangeNumber(long previous, long number) {

	/** The number of a change of a node without a copy. */
	public static final ChangeNumber NONE = new ChangeNumber(0, 0);

}
