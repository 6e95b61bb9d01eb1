package io.nanogame.plain;

import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ProtocolException.Reason;
import io.netty.buffer.ByteBuf;

/**
 * Finds the end of a JSON object in bytes that are received in pieces. Scans each byte
 * once, and does not validate the object. Confined to the loop.
 */
final class ObjectScan {

	/** The number of scanned bytes of the object. */
	private int scanned;

	/** The number of open braces and brackets. */
	private int depth;

	private boolean text;

	private boolean escaped;

	/**
	 * Finds the end of an object.
	 * @param in begins with the bytes of the last call; white space before the object is
	 * skipped
	 * @param max the maximum length, in bytes
	 * @return the length of the object; 0 if it was not received completely
	 * @throws ProtocolException if it is too long, or does not begin with a brace
	 */
	int length(ByteBuf in, int max) {
		if (this.scanned == 0 && !isAtObject(in)) {
			return 0;
		}
		int start = in.readerIndex();
		int end = Math.min(in.readableBytes(), max);
		while (this.scanned < end) {
			scan(in.getByte(start + this.scanned++));
			if (this.depth == 0) {
				int length = this.scanned;
				this.scanned = 0;
				return length;
			}
		}
		if (in.readableBytes() > max) {
			throw new ProtocolException(Reason.PACKET_TOO_LARGE);
		}
		return 0;
	}

	/** Forgets an incomplete object, whose rest will not be received. */
	void reset() {
		this.scanned = 0;
		this.depth = 0;
		this.text = false;
		this.escaped = false;
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

	private void scan(byte next) {
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
					// Has no effect on the nesting.
				}
			}
		}
	}

}
