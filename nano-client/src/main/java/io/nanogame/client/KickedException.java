package io.nanogame.client;

import io.nanogame.protocol.ResumeReply;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the server kicked the client, perhaps while there was no connection. The
 * outcome of pending requests is unknown: the server may have handled them, even if it
 * kicked the client because it is shutting down.
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
	 * Returns the kick that has ended the session while there was no connection.
	 * @param reply the server's reply to the client that has asked for the session
	 * @return {@code null} if the session was not ended by a kick
	 */
	static @Nullable KickedException missed(@Nullable ResumeReply reply) {
		return (reply != null && reply.isKick()) ? new KickedException(reply.reason(), false) : null;
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
