package io.nanogame.net;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;

import io.nanogame.protocol.LoopResource;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Compresses the messages of WebSockets of one loop (RFC 7692, section 7.2.1), each on
 * its own. Keeps the last packets that several clients receive, with their compressed
 * form, until the loop flushes. Confined to the loop.
 */
final class FrameDeflater {

	private static final LoopResource<Deflater> DEFLATERS = new LoopResource<>(
			() -> new Deflater(Deflater.DEFAULT_COMPRESSION, true), Deflater::reset, Deflater::end);

	/** The length of the empty block at the end, which is not sent. */
	private static final int TAIL = 4;

	/** The number of forms of a broadcast, in case its receivers alternate. */
	private static final int KEPT = 4;

	private static final byte[] NOT_SMALLER = {};

	private final int threshold;

	private final byte @Nullable [][] packets = new byte[KEPT][];

	private final byte @Nullable [][] compressed = new byte[KEPT][];

	private int next;

	/**
	 * Creates the deflater of a loop.
	 * @param threshold the minimum length of a compressed message, in bytes
	 */
	FrameDeflater(int threshold) {
		this.threshold = Math.max(threshold, 2);
	}

	/**
	 * Returns whether a message of this length is compressed if that makes it smaller.
	 */
	boolean compresses(int length) {
		return length >= this.threshold;
	}

	/**
	 * Compresses a packet that several clients may receive.
	 * @param packet must never be modified
	 * @return the compressed payload; null if it would not be smaller
	 */
	byte @Nullable [] deflate(byte[] packet) {
		for (int i = 0; i < KEPT; i++) {
			if (this.packets[i] == packet) {
				return known(this.compressed[i]);
			}
		}
		byte[] payload = deflate(ByteBuffer.wrap(packet));
		this.packets[this.next] = packet;
		this.compressed[this.next] = (payload != null) ? payload : NOT_SMALLER;
		this.next = (this.next + 1) % KEPT;
		return payload;
	}

	private static byte @Nullable [] known(byte @Nullable [] payload) {
		return (payload == NOT_SMALLER) ? null : payload;
	}

	/**
	 * Compresses written bytes.
	 * @param in not changed
	 * @return the compressed payload; null if it would not be smaller
	 */
	byte @Nullable [] deflate(ByteBuf in, int from, int length) {
		return deflate(in.nioBuffer(from, length));
	}

	private static byte @Nullable [] deflate(ByteBuffer in) {
		return DEFLATERS.<byte @Nullable []>with((deflater) -> {
			byte[] out = new byte[in.remaining() + TAIL];
			deflater.setInput(in);
			int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
			// If the array is full, the output may be incomplete.
			return (length < out.length) ? Arrays.copyOf(out, length - TAIL) : null;
		});
	}

	/** Forgets the packets. */
	void clear() {
		if (this.packets[0] != null) {
			Arrays.fill(this.packets, null);
			Arrays.fill(this.compressed, null);
			this.next = 0;
		}
	}

}
