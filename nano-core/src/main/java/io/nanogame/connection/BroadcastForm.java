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
	 * @throws RuntimeException when it cannot be encoded
	 */
	byte[] encode(OutboundMessage push);

}
