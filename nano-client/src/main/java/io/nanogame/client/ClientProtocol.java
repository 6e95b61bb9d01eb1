package io.nanogame.client;

import io.nanogame.protocol.MessageType;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of one {@link Link}: converts received bytes to calls of the link, and
 * messages to bytes. Confined to the event loop, except where stated.
 */
interface ClientProtocol {

	/** Begins when the connection is established. */
	void start();

	/**
	 * Reads packets. The bytes of an incomplete one may remain unread.
	 * @throws io.nanogame.protocol.ProtocolException when the server violates the
	 * protocol or exceeds a limit
	 */
	void read(ByteBuf in);

	/**
	 * Sends a message of a session that ends with the connection. Thread-safe.
	 * @param type request or notify
	 * @param id the number of the request; 0 for a notify
	 * @throws io.nanogame.protocol.ProtocolException when the message cannot be encoded
	 */
	void send(MessageType type, long id, String route, byte[] body);

	/** Returns the reason that the server has sent before it closed the connection. */
	@Nullable NanoClientException reasonOfClose();

	/** Ends the session on the server, which would wait for the client otherwise. */
	void endSession();

	/** Called once when the connection ends. */
	void ended();

}
