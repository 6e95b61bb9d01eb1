package io.nanogame.net;

import java.net.InetSocketAddress;

/**
 * Thrown when another program listens on the port.
 */
public class PortInUseException extends IllegalStateException {

	private final String listener;

	private final int port;

	PortInUseException(String listener, InetSocketAddress address, Throwable cause) {
		super("The game port " + address.getPort() + " is in use already", cause);
		this.listener = listener;
		this.port = address.getPort();
	}

	/**
	 * Returns the name of the listener.
	 * @return the name of the listener that failed
	 */
	public String listener() {
		return this.listener;
	}

	public int port() {
		return this.port;
	}

}
