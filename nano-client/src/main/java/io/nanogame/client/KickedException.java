package io.nanogame.client;

/**
 * Thrown when the server kicked the client. The outcome of pending requests is unknown:
 * the server may have handled them, even if it kicked the client because it is shutting
 * down.
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
	 * Returns the reason of the kick.
	 * @return as the server sent it, may be empty
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Returns whether the server asks the client to reconnect nevertheless, as earlier
	 * versions of this server do when they restart.
	 * @return false from all other servers
	 */
	public boolean reconnect() {
		return this.reconnect;
	}

}
