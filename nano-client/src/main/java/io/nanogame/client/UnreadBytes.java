package io.nanogame.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** The bytes of an incomplete packet. Confined to the event loop. */
final class UnreadBytes {

	private @Nullable ByteBuf bytes;

	/**
	 * Passes the unread bytes and further ones to the protocol, and keeps what that
	 * leaves unread.
	 * @param in received bytes; remain the caller's
	 * @throws io.nanogame.protocol.ProtocolException as the protocol does
	 */
	void read(ByteBuf in, ClientProtocol protocol) {
		ByteBuf kept = this.bytes;
		if (kept == null) {
			protocol.read(in);
			if (in.isReadable()) {
				this.bytes = Unpooled.buffer(in.readableBytes()).writeBytes(in);
			}
		}
		else {
			protocol.read(kept.discardSomeReadBytes().writeBytes(in));
			if (!kept.isReadable()) {
				this.bytes = null;
			}
		}
	}

	void clear() {
		this.bytes = null;
	}

}
