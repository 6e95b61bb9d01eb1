package io.nanogame.pomelo;

import io.nanogame.connection.ReadGate;
import io.nanogame.connection.Resumption;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageDecoder;
import io.nanogame.protocol.MessageHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages in DATA packets, as far as the gate of their client allows.
 * Thread-safe.
 */
final class MessageReader {

	private final MessageDecoder decoder;

	MessageReader(MessageDecoder decoder) {
		this.decoder = decoder;
	}

	/** Returns whether a message may be read now. Otherwise it must remain unread. */
	boolean mayRead(ReadGate gate, ByteBuf in, int length) {
		boolean inflates = this.decoder.maxInflatedLength() > 0 && MessageDecoder.isCompressed(in, length);
		return gate.rates().mayRead() && (!inflates || gate.rates().mayInflate());
	}

	/**
	 * Reads a message, and passes it on if it is admitted by its head.
	 * @param counter counts the packet, also if it is rejected; null if the session
	 * cannot be resumed
	 */
	void read(ReadGate gate, @Nullable Resumption counter, ByteBuf in, int length) {
		MessageHead head = this.decoder.head(in, length);
		if (counter != null) {
			counter.received();
		}
		if (gate.admits(head.type(), head.id(), head.route(), head.packedLength())) {
			gate.received(head.compressed() ? inflated(gate, head, in) : this.decoder.message(head, in));
		}
	}

	private Message inflated(ReadGate gate, MessageHead head, ByteBuf in) {
		// A body that is too long has been inflated up to the limit, too.
		int inflated = this.decoder.maxInflatedLength();
		try {
			Message message = this.decoder.message(head, in);
			// Many blocks may become few bytes.
			inflated = Math.max(message.body().length, head.packedLength());
			return message;
		}
		finally {
			gate.rates().inflated(inflated);
		}
	}

}
