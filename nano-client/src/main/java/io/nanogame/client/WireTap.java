package io.nanogame.client;

/**
 * Sees each packet of a client, to show it to somebody who wonders.
 */
@FunctionalInterface
public interface WireTap {

	/**
	 * A packet came, or goes now. Called where it is read or sent, so it must not block.
	 * @param sent whether it goes to the server
	 * @param packet all its bytes, the four of the header in front
	 */
	void packet(boolean sent, byte[] packet);

}
