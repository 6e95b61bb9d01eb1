package io.nanogame.cluster.handover;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.IntStream;

import io.nanogame.cluster.frame.ClaimFrame.SessionPart;
import org.jspecify.annotations.Nullable;

/**
 * The received parts of a session. Not thread-safe.
 */
final class Parts {

	private static final int MAX_PARTS = 1000;

	private byte @Nullable [] @Nullable [] received;

	/** Adds a part. Returns the session with the last one, otherwise null. */
	byte @Nullable [] add(SessionPart part) {
		byte[] @Nullable [] parts = this.received;
		if (part.count() < 1 || part.count() > MAX_PARTS || parts != null && part.count() != parts.length) {
			return null;
		}
		if (parts == null) {
			parts = new byte[part.count()][];
			this.received = parts;
		}
		if (part.index() < 0 || part.index() >= parts.length) {
			return null;
		}
		parts[part.index()] = part.bytes();
		return isComplete(parts) ? join(parts) : null;
	}

	private static boolean isComplete(byte[][] parts) {
		return Arrays.stream(parts).allMatch((part) -> part != null);
	}

	private static byte[] join(byte[][] parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

	/** Returns the missing parts; empty if none was received. */
	long[] missing() {
		byte[][] parts = this.received;
		if (parts == null) {
			return new long[0];
		}
		return IntStream.range(0, parts.length).filter((i) -> parts[i] == null).asLongStream().toArray();
	}

}
