package io.nanogame.pomelo;

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

	byte @Nullable [] user() {
		return this.user;
	}

	/**
	 * Returns whether the reply may be repeated now, and counts it as repeated.
	 * @param nowNanos the time of the server
	 * @param intervalNanos the minimum interval
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
