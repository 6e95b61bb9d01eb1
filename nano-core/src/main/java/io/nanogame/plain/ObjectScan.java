package io.nanogame.plain;

import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ProtocolException.Reason;
import io.netty.buffer.ByteBuf;

/**
 * Finds the end of a JSON object in bytes that are received in pieces. Scans each byte
 * once, and does not validate the object. Confined to the loop.
 */
final class ObjectScan {

	/** How many bytes of the object were scanned. */
	private int scanned;

	/** How many braces and brackets are open. */
	private int depth;

	private boolean text;

	private boolean escaped;

	/**
	 * Finds the end of an object.
	 * @param in begins with the bytes of the last call; white space in front of the
	 * object is skipped
	 * @param most how long it may be, in bytes
	 * @return the length of the object; 0 if it was not received completely
	 * @throws ProtocolException if it is too long, or does not begin with a brace
	 */
	int length(ByteBuf in, int most) {
		if (this.scanned == 0 && !isAtObject(in)) {
			return 0;
		}
		int start = in.readerIndex();
		int end = Math.min(in.readableBytes(), most);
		while (this.scanned < end) {
			look(in.getByte(start + this.scanned++));
			if (this.depth == 0) {
				int length = this.scanned;
				this.scanned = 0;
				return length;
			}
		}
		if (in.readableBytes() > most) {
			throw new ProtocolException(Reason.PACKET_TOO_LARGE);
		}
		return 0;
	}

	/** Skips white space. */
	private static boolean isAtObject(ByteBuf in) {
		while (in.isReadable()) {
			switch (in.getByte(in.readerIndex())) {
				case ' ', '\t', '\r', '\n' -> in.skipBytes(1);
				case '{' -> {
					return true;
				}
				default -> throw new ProtocolException(Reason.BAD_JSON);
			}
		}
		return false;
	}

	private void look(byte next) {
		if (this.escaped) {
			this.escaped = false;
		}
		else if (this.text) {
			this.escaped = next == '\\';
			this.text = next != '"';
		}
		else {
			switch (next) {
				case '{', '[' -> this.depth++;
				case '}', ']' -> this.depth--;
				case '"' -> this.text = true;
				default -> {
					// Of no interest here.
				}
			}
		}
	}

}
