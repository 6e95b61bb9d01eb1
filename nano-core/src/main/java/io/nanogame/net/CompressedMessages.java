package io.nanogame.net;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.nanogame.connection.InboundMessages;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.ReadGate;
import io.nanogame.protocol.LoopResource;
import io.nanogame.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The received messages of a WebSocket whose messages may be compressed (RFC 7692,
 * section 7.2.2), each on its own. They are kept until they are complete and the gate
 * allows to inflate them. On the heap, because no event releases them. Confined to the
 * loop.
 */
final class CompressedMessages implements MessageParts {

	private static final LoopResource<Inflater> INFLATERS = new LoopResource<>(() -> new Inflater(true),
			Inflater::reset, Inflater::end);

	/**
	 * The end of each message, which is not sent, and a final block. That one ends the
	 * stream only if the message was complete.
	 */
	private static final byte[] END = { 0, 0, (byte) 0xFF, (byte) 0xFF, 1, 0, 0, (byte) 0xFF, (byte) 0xFF };

	/** The maximum number of streams in one message, as each of two bytes costs time. */
	private static final int MAX_STREAMS = 64;

	/** What the header of a packet may add to its body. */
	private static final int MAX_HEADER = 16;

	private static final int FIRST_STEP = 1024;

	private static final int COMPRESSED = 1;

	private static final int TEXT = 2;

	/** The maximum length of a message, compressed or not. */
	private final int maxLength;

	/** The maximum length of an inflated message. */
	private final int maxInflatedLength;

	/** Null if the bounds of messages have no meaning for the protocol. */
	private final @Nullable MessageRecorder recorder;

	/**
	 * The messages, each after an integer with its length and, in the lowest bits, its
	 * flags. Null while there are none.
	 */
	private @Nullable ByteBuf kept;

	/** The number of complete messages. */
	private int complete;

	private int flags;

	/** The announced length of the incomplete message. */
	private int announced;

	/** The received length of the incomplete message; -1 if there is none. */
	private int received = -1;

	/**
	 * Creates the state of one client.
	 * @param limits the limits of packets
	 * @param messages records the inflated messages; null to make them a stream
	 */
	CompressedMessages(PacketLimits limits, @Nullable InboundMessages messages) {
		this.maxLength = Math.min(limits.maxLength(), 1 << 28) + MAX_HEADER;
		this.maxInflatedLength = Math.min(limits.maxInflatedLength(), this.maxLength);
		this.recorder = (messages != null) ? new MessageRecorder(messages) : null;
	}

	@Override
	public boolean allowsCompression() {
		return true;
	}

	@Override
	public void frame(int opcode, boolean compressed, long length) {
		ByteBuf to = this.kept;
		if (to == null) {
			to = Unpooled.buffer();
			this.kept = to;
		}
		if (opcode != WebSocketFrames.CONTINUATION) {
			this.flags = (compressed ? COMPRESSED : 0) | ((opcode == WebSocketFrames.TEXT) ? TEXT : 0);
			this.announced = 0;
			this.received = 0;
			to.writeInt(0);
		}
		if (length > this.maxLength - this.announced) {
			throw new FrameException(CloseReason.MESSAGE_TOO_LARGE);
		}
		this.announced += (int) length;
	}

	@Override
	public void payload(ByteBuf in, int from, int count) {
		if (this.kept != null) {
			this.kept.writeBytes(in, from, count);
			this.received += count;
		}
	}

	@Override
	public void end() {
		if (this.kept != null) {
			this.kept.setInt(this.kept.writerIndex() - this.received - Integer.BYTES, this.received << 2 | this.flags);
			this.received = -1;
			this.complete++;
		}
	}

	/** Returns whether a complete message is kept. */
	boolean hasNext() {
		return this.complete > 0;
	}

	/**
	 * Returns the announced length of the incomplete message, at least 1; 0 if there is
	 * none.
	 */
	int incompleteLength() {
		return (this.received < 0) ? 0 : Math.max(1, this.announced);
	}

	/**
	 * Removes the next complete message.
	 * @param gate limits what is inflated
	 * @return its inflated payload, on the heap; null if no message is complete, or if it
	 * may not be inflated now
	 * @throws FrameException when the message is malformed or too long
	 */
	@Nullable ByteBuf next(ReadGate gate) {
		ByteBuf from = this.kept;
		if (from == null || this.complete == 0) {
			return null;
		}
		int header = from.getInt(from.readerIndex());
		boolean compressed = (header & COMPRESSED) != 0;
		if (compressed && !gate.rates().mayInflate()) {
			return null;
		}
		this.complete--;
		byte[] message = new byte[header >>> 2];
		from.skipBytes(Integer.BYTES).readBytes(message);
		if (from.isReadable()) {
			from.discardSomeReadBytes();
		}
		else {
			this.kept = null;
		}
		ByteBuf payload = Unpooled.wrappedBuffer(compressed ? inflate(message, gate) : message);
		record(payload, (header & TEXT) != 0);
		return payload;
	}

	/** Drops all messages. */
	void clear() {
		this.kept = null;
		this.complete = 0;
		this.received = -1;
	}

	private void record(ByteBuf payload, boolean text) {
		if (this.recorder != null) {
			int length = payload.readableBytes();
			this.recorder.frame(text ? WebSocketFrames.TEXT : WebSocketFrames.BINARY, false, length);
			this.recorder.payload(payload, payload.readerIndex(), length);
			this.recorder.end();
		}
	}

	private byte[] inflate(byte[] message, ReadGate gate) {
		// A malformed message may have been inflated up to the limit.
		int counted = this.maxInflatedLength;
		try {
			byte[] inflated = INFLATERS.with((inflater) -> inflate(inflater, message));
			counted = Math.max(inflated.length, message.length);
			return inflated;
		}
		finally {
			gate.rates().inflated(counted);
		}
	}

	private byte[] inflate(Inflater inflater, byte[] message) {
		try {
			Inflated to = new Inflated(this.maxInflatedLength);
			to.append(inflater, message);
			// Otherwise the message is empty, or its last block was final.
			if (inflater.getBytesRead() > 0) {
				to.append(inflater, END);
			}
			if (inflater.getBytesRead() > 0) {
				throw new DataFormatException("a block is incomplete");
			}
			return to.bytes();
		}
		catch (DataFormatException ex) {
			throw new FrameException("a compressed WebSocket message is malformed");
		}
	}

	/** The output, which grows with the inflated bytes, up to a limit. */
	private static final class Inflated {

		private final int max;

		private byte[] bytes;

		private int size;

		private int streams;

		Inflated(int max) {
			this.max = max;
			this.bytes = new byte[Math.min(FIRST_STEP, max + 1)];
		}

		/** Appends inflated bytes. Resets the inflater at the end of each stream. */
		void append(Inflater inflater, byte[] in) throws DataFormatException {
			inflater.setInput(in);
			do {
				if (this.size == this.bytes.length) {
					this.bytes = Arrays.copyOf(this.bytes, Math.min(2 * this.size, this.max + 1));
				}
				this.size += inflater.inflate(this.bytes, this.size, this.bytes.length - this.size);
				if (this.size > this.max) {
					throw new FrameException(CloseReason.MESSAGE_TOO_LARGE);
				}
				if (inflater.finished()) {
					// The rest begins another stream (RFC 7692, section 7.2.3.4).
					if (++this.streams > MAX_STREAMS) {
						throw new DataFormatException("too many streams");
					}
					int rest = inflater.getRemaining();
					inflater.reset();
					inflater.setInput(in, in.length - rest, rest);
				}
			}
			while (!inflater.needsInput() || this.size == this.bytes.length);
		}

		byte[] bytes() {
			return Arrays.copyOf(this.bytes, this.size);
		}

	}

}
