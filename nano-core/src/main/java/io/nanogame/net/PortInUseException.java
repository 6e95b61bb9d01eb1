package io.nanogame.net;

import java.net.InetSocketAddress;

/**
 * Somebody listens on the game port already.
 */
public class PortInUseException extends IllegalStateException {

	private final int port;

	PortInUseException(InetSocketAddress address, Throwable cause) {
		super("The game port " + address.getPort() + " is in use already", cause);
		this.port = address.getPort();
	}

	public int port() {
		return this.port;
	}

}
