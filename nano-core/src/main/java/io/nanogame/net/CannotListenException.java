package io.nanogame.net;

import java.net.InetSocketAddress;

/**
 * The system does not let the server listen on its address, for another reason than a
 * port in use: the address is none of this machine, or the port needs privileges.
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
	 * The listener that wanted the port.
	 * @return its name
	 */
	public String listener() {
		return this.listener;
	}

	/**
	 * Where the server should have listened.
	 * @return the address
	 */
	public InetSocketAddress address() {
		return this.address;
	}

}
