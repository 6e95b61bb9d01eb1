package io.nanogame.connection;

import io.nanogame.session.OutboundMessage;

/**
 * One way to write a broadcast, the same for many clients. Any thread.
 */
@FunctionalInterface
public interface BroadcastForm {

	/**
	 * Writes a push.
	 * @param push what all of them get
	 * @return all of its bytes
	 */
	byte[] encode(OutboundMessage push);

}
