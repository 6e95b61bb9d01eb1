package io.nanogame.client;

/**
 * The server sent the client away. Of requests without an answer the outcome is unknown:
 * the server may have done them, also when it kicked because it stops.
 */
public final class KickedException extends NanoClientException {

	private final String reason;

	private final boolean reconnect;

	KickedException(String reason, boolean reconnect) {
		super("The server kicked this client: " + reason, null);
		this.reason = reason;
		this.reconnect = reconnect;
	}

	/**
	 * Why.
	 * @return what the server says, may be empty
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Whether the server asks the client to come back nevertheless, as earlier versions
	 * of this project's do when they restart.
	 * @return false of all others
	 */
	public boolean reconnect() {
		return this.reconnect;
	}

}
