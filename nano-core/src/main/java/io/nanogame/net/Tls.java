package io.nanogame.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of a game port, whose certificate may change while the server runs. Owns its
 * contexts, which are reference counted if they use OpenSSL. Thread-safe.
 */
public final class Tls {

	private final boolean allowPlainText;

	/** Null when closed. Guarded by this. */
	private @Nullable SslContext context;

	/**
	 * Creates the TLS of a port.
	 * @param context certificate, key, and trusted certificates; released by this object
	 * @param allowPlainText whether clients without TLS are accepted, too
	 */
	public Tls(SslContext context, boolean allowPlainText) {
		this.context = context;
		this.allowPlainText = allowPlainText;
	}

	boolean allowsPlainText() {
		return this.allowPlainText;
	}

	/**
	 * Changes the certificate for clients that connect from now on. Open connections do
	 * not change.
	 * @param next released by this object
	 */
	public synchronized void change(SslContext next) {
		SslContext previous = this.context;
		ReferenceCountUtil.release((previous != null) ? previous : next);
		if (previous != null) {
			this.context = next;
		}
	}

	synchronized void close() {
		ReferenceCountUtil.release(this.context);
		this.context = null;
	}

	/**
	 * Returns a new handler without a time-out, which the sweep enforces; null when
	 * closed.
	 */
	@Nullable SslHandler handler(ByteBufAllocator allocator) {
		SslContext used;
		synchronized (this) {
			used = this.context;
			ReferenceCountUtil.retain(used);
		}
		if (used == null) {
			return null;
		}
		try {
			SslHandler handler = new OneHandshakeHandler(used.newEngine(allocator));
			handler.setHandshakeTimeoutMillis(0);
			return handler;
		}
		finally {
			ReferenceCountUtil.release(used);
		}
	}

}
