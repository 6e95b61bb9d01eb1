package io.nanogame.pomelo;

import org.jspecify.annotations.Nullable;

/**
 * What a client was answered to its handshake, kept in case it asks again. The common
 * part is the same for all clients and kept once. Loop.
 */
final class HandshakeReply {

	/** What validators gave the client, as JSON, or null. */
	private final byte @Nullable [] user;

	private boolean repeated;

	private long repeatedNanos;

	HandshakeReply(byte @Nullable [] user) {
		this.user = user;
	}

	byte @Nullable [] user() {
		return this.user;
	}

	/**
	 * Whether the client is answered again, which it is once an interval.
	 * @param nowNanos the time of the server
	 * @param intervalNanos at least so long after the last time
	 */
	boolean mayRepeat(long nowNanos, long intervalNanos) {
		if (this.repeated && nowNanos - this.repeatedNanos < intervalNanos) {
			return false;
		}
		this.repeated = true;
		this.repeatedNanos = nowNanos;
		return true;
	}

}
