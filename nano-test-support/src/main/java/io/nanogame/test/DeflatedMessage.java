package io.nanogame.test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The payload of a compressed WebSocket message, written against RFC 7692.
 */
public final class DeflatedMessage {

	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	private DeflatedMessage() {
	}

	/**
	 * Compresses a message, as section 7.2.1 describes.
	 * @param message the message
	 * @return the payload
	 */
	public static byte[] deflate(byte[] message) {
		byte[] flushed = deflate(message, Deflater.SYNC_FLUSH);
		return Arrays.copyOf(flushed, flushed.length - TAIL.length);
	}

	/**
	 * Compresses a message to a final block, as section 7.2.3.4 describes.
	 * @param message the message
	 * @return the payload
	 */
	public static byte[] deflateToFinalBlock(byte[] message) {
		byte[] finished = deflate(message, Deflater.NO_FLUSH);
		return Arrays.copyOf(finished, finished.length + 1);
	}

	private static byte[] deflate(byte[] message, int flush) {
		Deflater deflater = new Deflater(9, true);
		try {
			deflater.setInput(message);
			if (flush == Deflater.NO_FLUSH) {
				deflater.finish();
			}
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			byte[] part = new byte[4096];
			int count;
			do {
				count = deflater.deflate(part, 0, part.length, flush);
				out.write(part, 0, count);
			}
			while (count == part.length);
			return out.toByteArray();
		}
		finally {
			deflater.end();
		}
	}

	/**
	 * Inflates a payload.
	 * @param payload the payload of a message with RSV1
	 * @return the message
	 */
	public static byte[] inflate(byte[] payload) {
		// A final block ends the stream.
		byte[] end = { 1, 0, 0, (byte) 0xFF, (byte) 0xFF };
		Inflater inflater = new Inflater(true);
		try (InflaterInputStream in = new InflaterInputStream(new SequenceInputStream(
				new SequenceInputStream(new ByteArrayInputStream(payload), new ByteArrayInputStream(TAIL)),
				new ByteArrayInputStream(end)), inflater)) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			inflater.end();
		}
	}

}
