package io.nanogame.net;

import io.netty.buffer.ByteBuf;

/**
 * Receives the messages of a WebSocket in parts, while their frames are removed. Confined
 * to the loop.
 */
interface MessageParts {

	/** Returns whether messages may be compressed. */
	boolean allowsCompression();

	/**
	 * Called when the header of a data frame was received.
	 * @param opcode text, binary or continuation
	 * @param compressed whether the message is compressed; only for its first frame
	 * @param length the length of the payload, in bytes
	 * @throws FrameException when the connection must end
	 */
	void frame(int opcode, boolean compressed, long length);

	/**
	 * Called with unmasked payload.
	 * @param in contains the payload; not changed
	 * @param from its index
	 * @param count its length in bytes
	 * @throws FrameException when the connection must end
	 */
	void payload(ByteBuf in, int from, int count);

	/**
	 * Called at the end of a message.
	 * @throws FrameException when the connection must end
	 */
	void end();

}
