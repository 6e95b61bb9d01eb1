package io.nanogame.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of a game port, whose certificate may change while the server runs. Owns its
 * contexts, of which those of OpenSSL are reference counted. Any thread.
 */
public final class Tls {

	private final boolean allowPlainText;

	/** Null when closed. Guarded by this. */
	private @Nullable SslContext context;

	/**
	 * TLS for clients that connect from now on.
	 * @param context certificate, key, and whom to trust; released by this object
	 * @param allowPlainText whether clients without TLS are served too
	 */
	public Tls(SslContext context, boolean allowPlainText) {
		this.context = context;
		this.allowPlainText = allowPlainText;
	}

	boolean allowsPlainText() {
		return this.allowPlainText;
	}

	/**
	 * Changes the certificate for clients that connect from now on. Others keep what they
	 * have.
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

	/** Null when closed. The handshake timeout is the sweep's. */
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
