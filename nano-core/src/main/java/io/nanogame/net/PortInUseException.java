package io.nanogame.net;

import java.net.InetSocketAddress;

/**
 * Another program listens on the port already.
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
	 * The listener that wanted the port.
	 * @return its name
	 */
	public String listener() {
		return this.listener;
	}

	public int port() {
		return this.port;
	}

}
