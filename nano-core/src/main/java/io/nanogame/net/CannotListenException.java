package io.nanogame.net;

import java.net.InetSocketAddress;

/**
 * Thrown when the system does not allow the server to listen on its address, for another
 * reason than a port in use: the address does not belong to this machine, or the port
 * requires privileges.
 */
public class CannotListenException extends IllegalStateException {

	private final String listener;

	private final InetSocketAddress address;

	CannotListenException(String listener, InetSocketAddress address, Throwable cause) {
		super("The game server cannot listen on %s: %s".formatted(address, rootMessage(cause)), cause);
		this.listener = listener;
		this.address = address;
	}

	private static String rootMessage(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return String.valueOf(root.getMessage());
	}

	/**
	 * Returns the name of the listener.
	 * @return the name of the listener that failed
	 */
	public String listener() {
		return this.listener;
	}

	/**
	 * Returns the address on which the server could not listen.
	 * @return the address
	 */
	public InetSocketAddress address() {
		return this.address;
	}

}
