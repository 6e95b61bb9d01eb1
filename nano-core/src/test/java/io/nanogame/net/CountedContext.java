package io.nanogame.net;

import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCounted;

/**
 * A context that is reference counted, as those of OpenSSL are.
 */
final class CountedContext extends SslContext implements ReferenceCounted {

	private final SslContext context;

	private final AbstractReferenceCounted count = new AbstractReferenceCounted() {

		@Override
		protected void deallocate() {
		}

		@Override
		public ReferenceCounted touch(Object hint) {
			return this;
		}

	};

	CountedContext(SslContext context) {
		this.context = context;
	}

	@Override
	public boolean isClient() {
		return false;
	}

	@Override
	public List<String> cipherSuites() {
		return this.context.cipherSuites();
	}

	@Override
	@SuppressWarnings("deprecation")
	public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
		return this.context.applicationProtocolNegotiator();
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator allocator) {
		if (refCnt() == 0) {
			throw new IllegalReferenceCountException(0);
		}
		return this.context.newEngine(allocator);
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator allocator, String host, int port) {
		return newEngine(allocator);
	}

	@Override
	public SSLSessionContext sessionContext() {
		return this.context.sessionContext();
	}

	@Override
	public int refCnt() {
		return this.count.refCnt();
	}

	@Override
	public ReferenceCounted retain() {
		this.count.retain();
		return this;
	}

	@Override
	public ReferenceCounted retain(int increment) {
		this.count.retain(increment);
		return this;
	}

	@Override
	public ReferenceCounted touch() {
		return this;
	}

	@Override
	public ReferenceCounted touch(Object hint) {
		return this;
	}

	@Override
	public boolean release() {
		return this.count.release();
	}

	@Override
	public boolean release(int decrement) {
		return this.count.release(decrement);
	}

}
