package io.nanogame.client;

/**
 * An observer of a client's packets, for diagnostics.
 */
@FunctionalInterface
public interface WireTap {

	/**
	 * Called for each packet on the thread that reads or sends it, so it must not block.
	 * @param sent true for a sent packet, false for a received one
	 * @param packet all bytes, including those of the header
	 */
	void packet(boolean sent, byte[] packet);

}
