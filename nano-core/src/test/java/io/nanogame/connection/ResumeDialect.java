package io.nanogame.connection;

import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeRequest;
import io.netty.buffer.ByteBuf;

/**
 * What a {@link ResumingClient} sends and receives, in the bytes of a protocol.
 */
interface ResumeDialect {

	/** Returns the name of the protocol. */
	String protocol();

	byte[] handshake(ResumeRequest resume);

	/** Confirms the reply to the handshake. */
	byte[] confirmation(long received);

	byte[] acknowledgement(long received);

	/** Ends the session. */
	byte[] leave();

	/**
	 * Returns a message.
	 * @param id 0 for a notify
	 */
	byte[] message(String route, int id, int number);

	/** Reads the complete packets. */
	void read(ByteBuf in, Receiver receiver);

	/** Receives what the packets of the server contain. */
	interface Receiver {

		void accepted(ResumeReply reply);

		void acknowledged(long count);

		void pushed(String route, String body);

		void replied(int id, String body);

	}

}
