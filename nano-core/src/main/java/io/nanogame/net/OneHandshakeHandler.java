package io.nanogame.net;

import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;

/**
 * Rejects TLS renegotiation: a client of TLS 1.2 could begin one handshake after another
 * on one connection, each of which costs the server a hundred times what it costs the
 * client. TLS 1.3 has no renegotiation, and OpenSSL rejects it by itself.
 */
final class OneHandshakeHandler extends SslHandler {

	private static final int HANDSHAKE_RECORD = 22;

	OneHandshakeHandler(SSLEngine engine) {
		super(engine);
	}

	/** The buffer begins with a record, whose type is never encrypted in TLS 1.2. */
	@Override
	protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws SSLException {
		if (in.isReadable() && in.getByte(in.readerIndex()) == HANDSHAKE_RECORD && handshakeFuture().isSuccess()) {
			in.skipBytes(in.readableBytes());
			throw new SSLHandshakeException("The client has begun a second TLS handshake");
		}
		super.decode(ctx, in, out);
	}

}
