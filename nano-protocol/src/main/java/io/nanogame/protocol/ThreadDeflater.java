package io.nanogame.protocol;

import java.util.function.Function;
import java.util.zip.Deflater;

import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * Lends deflaters, whose native memory is about 256 KB. An event loop has one, which is
 * released when its thread ends; other threads, which may be many, create one for each
 * use. Thread-safe.
 */
public final class ThreadDeflater {

	private final FastThreadLocal<Deflater> ofLoop;

	private final boolean raw;

	/**
	 * Creates the deflaters of one format. Must be kept in a constant, because the state
	 * of threads is never removed before they end.
	 * @param raw whether the output has no header and no checksum (RFC 1951), or those of
	 * zlib (RFC 1950)
	 */
	public ThreadDeflater(boolean raw) {
		this.raw = raw;
		this.ofLoop = new FastThreadLocal<>() {
			@Override
			protected Deflater initialValue() {
				return create();
			}

			@Override
			protected void onRemoval(Deflater deflater) {
				deflater.end();
			}
		};
	}

	private Deflater create() {
		return new Deflater(Deflater.DEFAULT_COMPRESSION, this.raw);
	}

	/**
	 * Calls a function with a deflater.
	 * @param <T> the type of the result
	 * @param use receives a deflater in its initial state; must not keep it, and must not
	 * call this method
	 * @return the result of the function
	 */
	public <T> T with(Function<Deflater, T> use) {
		if (!FastThreadLocalThread.currentThreadWillCleanupFastThreadLocals()) {
			Deflater deflater = create();
			try {
				return use.apply(deflater);
			}
			finally {
				deflater.end();
			}
		}
		Deflater deflater = this.ofLoop.get();
		deflater.reset();
		return use.apply(deflater);
	}

}
