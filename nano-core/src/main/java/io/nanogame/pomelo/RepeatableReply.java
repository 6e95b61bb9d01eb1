package io.nanogame.pomelo;

import io.nanogame.protocol.ClientInfo;
import org.jspecify.annotations.Nullable;

/**
 * The state needed to repeat the reply to a handshake. Only the part of this client is
 * kept here. Confined to the loop.
 */
final class RepeatableReply {

	/** The data of the validators for the client, as JSON, or null. */
	private final byte @Nullable [] user;

	private boolean repeated;

	private long repeatedNanos;

	RepeatableReply(byte @Nullable [] user) {
		this.user = user;
	}

	/**
	 * Returns the reply again, or null if that is too early.
	 * @param replies the replies of the server
	 * @param client the client
	 */
	byte @Nullable [] repeat(HandshakeReplies replies, ClientInfo client) {
		long now = replies.nanoTime();
		if (this.repeated && now - this.repeatedNanos < replies.heartbeatNanos()) {
			return null;
		}
		this.repeated = true;
		this.repeatedNanos = now;
		return replies.accepted(client, this.user, null);
	}

}
