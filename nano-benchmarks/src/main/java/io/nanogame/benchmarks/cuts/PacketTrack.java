package io.nanogame.benchmarks.cuts;

import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketType;
import org.jspecify.annotations.Nullable;

/**
 * Follows the packets in one direction of a connection, byte by byte.
 */
final class PacketTrack {

	private static final String TOKEN = "\"token\"";

	private final FrameTrack frames = new FrameTrack();

	/** The bytes of the current packet that were read. */
	private int offset;

	private int type;

	/** The length of the current packet, when its header was read. */
	private int length;

	private int flag;

	private long id;

	private int idShift;

	private boolean idRead;

	/** The content of handshakes. */
	private final StringBuilder text = new StringBuilder();

	private boolean asksForSession;

	private boolean completed;

	/** Reads the next byte. */
	void advance(byte next) {
		this.completed = false;
		int content = this.frames.advance(next);
		if (content == FrameTrack.NONE) {
			return;
		}
		if (this.offset < PacketDecoder.HEADER_LENGTH) {
			header(content);
		}
		else {
			body(content);
		}
		this.offset++;
		if (this.offset >= PacketDecoder.HEADER_LENGTH && this.offset == PacketDecoder.HEADER_LENGTH + this.length) {
			this.completed = true;
			this.offset = 0;
		}
	}

	private void header(int next) {
		if (this.offset == 0) {
			this.type = next;
			this.length = 0;
			this.id = 0;
			this.idShift = 0;
			this.idRead = false;
		}
		else {
			this.length = this.length << 8 | next;
		}
	}

	private void body(int next) {
		if (this.type == PacketType.HANDSHAKE.code()) {
			this.text.append((char) next);
			this.asksForSession |= next == '"' && this.text.indexOf(TOKEN, this.text.length() - TOKEN.length()) >= 0;
		}
		else if (this.offset == PacketDecoder.HEADER_LENGTH) {
			this.flag = next;
		}
		else if (!this.idRead) {
			this.id |= (next & 127L) << this.idShift;
			this.idShift += 7;
			this.idRead = next < 128;
		}
	}

	/** Returns whether a packet has begun and is not complete. */
	boolean isInside() {
		return this.offset > 0;
	}

	/** Returns how many bytes of the current packet were read; 0 between packets. */
	int offset() {
		return this.offset;
	}

	/** Returns the length of the packet, or -1 if its header is not complete. */
	int packetLength() {
		return (this.offset >= PacketDecoder.HEADER_LENGTH) ? PacketDecoder.HEADER_LENGTH + this.length : -1;
	}

	/** Returns whether the last byte has completed a packet. */
	boolean isCompleted() {
		return this.completed;
	}

	/** Returns whether the current packet, or the one just completed, is of a type. */
	boolean is(PacketType other) {
		return this.type == other.code();
	}

	/** Returns the id of the message just completed, if it has this type. */
	@Nullable Long completed(MessageType message) {
		boolean same = this.completed && is(PacketType.DATA) && (this.flag >> 1 & 7) == message.code();
		return same ? this.id : null;
	}

	/** Returns whether a handshake contains a token, as far as it was read. */
	boolean asksForSession() {
		return this.asksForSession;
	}

	/** Returns the text of the handshake, as far as it was read. */
	CharSequence handshake() {
		return this.text;
	}

}
