package io.nanogame.connection;

import io.nanogame.session.OutboundMessage;

/**
 * An encoding of broadcasts that many clients share. Must be thread-safe.
 */
@FunctionalInterface
public interface BroadcastForm {

	/**
	 * Encodes a push.
	 * @param push the push
	 * @return the packet
	 */
	byte[] encode(OutboundMessage push);

}
