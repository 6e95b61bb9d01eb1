package io.nanogame.protocol;

import java.util.Arrays;
import java.util.zip.Deflater;

import org.jspecify.annotations.Nullable;

/**
 * Compresses message bodies with zlib (RFC 1950). Immutable, thread-safe.
 */
public final class BodyDeflater {

	private static final LoopResource<Deflater> DEFLATERS = new LoopResource<>(Deflater::new, Deflater::reset,
			Deflater::end);

	private final int threshold;

	/**
	 * Creates a deflater.
	 * @param threshold the minimum length of a compressed body, in bytes
	 */
	public BodyDeflater(int threshold) {
		this.threshold = threshold;
	}

	/**
	 * Compresses a body.
	 * @param body the body; not changed
	 * @return the compressed body; null if it would not be smaller, or the body is
	 * shorter than the threshold
	 */
	public byte @Nullable [] deflate(byte[] body) {
		if (body.length < this.threshold || body.length < 2) {
			return null;
		}
		return DEFLATERS.<byte @Nullable []>with((deflater) -> deflate(deflater, body));
	}

	private static byte @Nullable [] deflate(Deflater deflater, byte[] body) {
		byte[] smaller = new byte[body.length - 1];
		deflater.setInput(body);
		deflater.finish();
		int length = deflater.deflate(smaller);
		return deflater.finished() ? Arrays.copyOf(smaller, length) : null;
	}

}
