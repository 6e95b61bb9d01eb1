package io.nanogame.net;

import java.net.InetAddress;

/**
 * Decides whether clients of an address may connect, for lists that change while the
 * server runs. Called before the first byte of a client is read, on an event loop or a
 * thread of the web server: it must not block. Thread-safe.
 */
@FunctionalInterface
public interface AddressFilter {

	/**
	 * Returns whether clients of an address may connect.
	 * @param address the address of a client; behind a trusted proxy the one that the
	 * proxy has sent
	 * @return false to close the connection
	 */
	boolean allows(InetAddress address);

}
