package io.nanogame.net;

import java.nio.channels.ClosedChannelException;
import java.security.Principal;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;

import io.nanogame.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * Detects from the first byte how a client connects, so that one port serves all clients:
 * 0x16 begins TLS, a capital letter begins the HTTP request of a WebSocket, and any other
 * byte begins a packet. Removes itself from the pipeline afterwards. Confined to the
 * event loop.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {

	private static final int TLS_HANDSHAKE = 0x16;

	/** The maximum length of a part of the body of a rejected request, in bytes. */
	private static final int MAX_HTTP_CHUNK = 8192;

	private final Listener listener;

	private final ListenerSettings settings;

	private final NettyWire wire;

	/** Null without TLS, and once the client has begun TLS. */
	private @Nullable Tls tls;

	/** Why the client is rejected, or null. */
	private @Nullable CloseReason refused;

	FirstBytes(Listener listener, NettyWire wire, @Nullable CloseReason refused) {
		this.listener = listener;
		this.settings = listener.settings();
		this.wire = wire;
		this.tls = listener.tls();
		this.refused = refused;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
		ByteBuf in = (ByteBuf) message;
		if (!in.isReadable()) {
			in.release();
			return;
		}
		int first = in.getUnsignedByte(in.readerIndex());
		if (this.tls != null && first == TLS_HANDSHAKE) {
			beginTls(ctx, in, this.tls);
			return;
		}
		if (this.tls != null) {
			acceptPlainText(this.tls);
		}
		ChannelPipeline pipeline = ctx.pipeline();
		if (first >= 'A' && first <= 'Z' && this.settings.webSocket()) {
			// Each is inserted before the previous one, and all after TLS.
			pipeline.addAfter(ctx.name(), null, new WebSocketUpgrade(this.listener, this.wire, this.refused));
			pipeline.addAfter(ctx.name(), null, new HttpServerCodec(this.settings.upgrade().maxRequestLine(),
					this.settings.upgrade().maxHeaders(), MAX_HTTP_CHUNK));
			pipeline.remove(this);
			ctx.fireChannelRead(in);
			return;
		}
		if (!this.settings.tcp()) {
			in.release();
			this.wire.endWithoutFarewell(CloseReason.PROTOCOL_ERROR.withMessage("this port serves WebSockets only"));
			ctx.close();
			return;
		}
		pipeline.remove(this);
		if (this.refused != null) {
			in.release();
			this.wire.reject(this.refused);
			return;
		}
		this.wire.established();
		ctx.fireChannelRead(in);
	}

	private void beginTls(ChannelHandlerContext ctx, ByteBuf in, Tls used) {
		this.tls = null;
		SslHandler handler = used.handler(ctx.alloc());
		if (handler == null) {
			in.release();
			this.wire.endWithoutFarewell(CloseReason.SHUTDOWN);
			ctx.close();
			return;
		}
		this.wire.tlsPending();
		ctx.pipeline().addFirst("tls", handler);
		handler.handshakeFuture().addListener((done) -> tlsHandshakeDone(handler.engine(), done.cause()));
		ctx.pipeline().fireChannelRead(in);
	}

	private void tlsHandshakeDone(SSLEngine engine, @Nullable Throwable failure) {
		if (failure == null) {
			this.wire.tlsReady(peer(engine));
		}
		else if (!(failure instanceof ClosedChannelException)) {
			this.wire.tlsFailed(failure);
		}
	}

	private static @Nullable Principal peer(SSLEngine engine) {
		if (!engine.getNeedClientAuth() && !engine.getWantClientAuth()) {
			return null;
		}
		try {
			return engine.getSession().getPeerPrincipal();
		}
		catch (SSLPeerUnverifiedException ex) {
			return null;
		}
	}

	private void acceptPlainText(Tls offered) {
		this.tls = null;
		this.wire.tlsReady(null);
		if (this.refused == null && !offered.allowsPlainText()) {
			this.refused = CloseReason.TLS_REQUIRED;
		}
	}

}
