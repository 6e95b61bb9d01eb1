package io.nanogame.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Tells by the first byte how a client speaks, so that one port serves all: 0x16 begins
 * TLS, a capital letter an HTTP request, which is to become a WebSocket, and anything
 * else is a packet. Leaves the pipeline once it knows.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {

	private static final int TLS_HANDSHAKE = 0x16;

	private static final int MAX_HTTP_LINE = 4096;

	private static final int MAX_HTTP_HEADER = 8192;

	private final TransportContext context;

	private final OriginPolicy origins;

	private final NettyWire wire;

	/** Whether there is a place for the client. */
	private final boolean welcome;

	/** Null without TLS, and inside of it. */
	private @Nullable SslContext tls;

	FirstBytes(TransportContext context, OriginPolicy origins, NettyWire wire, @Nullable SslContext tls,
			boolean welcome) {
		this.context = context;
		this.origins = origins;
		this.wire = wire;
		this.tls = tls;
		this.welcome = welcome;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
		ByteBuf in = (ByteBuf) message;
		if (!in.isReadable()) {
			in.release();
			return;
		}
		int first = in.getUnsignedByte(in.readerIndex());
		if (this.tls != null) {
			unwrapTls(ctx, in, first);
			return;
		}
		ChannelPipeline pipeline = ctx.pipeline();
		if (first >= 'A' && first <= 'Z' && this.context.settings.webSocket()) {
			pipeline.addBefore(ctx.name(), null, new HttpServerCodec(MAX_HTTP_LINE, MAX_HTTP_HEADER, MAX_HTTP_HEADER));
			pipeline.addBefore(ctx.name(), null, new HttpObjectAggregator(MAX_HTTP_HEADER, true));
			pipeline.addBefore(ctx.name(), null,
					new WebSocketUpgrade(this.context.settings, this.origins, this.wire, this.welcome));
			pipeline.remove(this);
			pipeline.fireChannelRead(in);
			return;
		}
		if (!this.context.settings.tcp()) {
			ReferenceCountUtil.release(in);
			ctx.close();
			return;
		}
		pipeline.remove(this);
		if (!this.welcome) {
			in.release();
			this.wire.turnAway();
			return;
		}
		this.wire.established();
		ctx.fireChannelRead(in);
	}

	private void unwrapTls(ChannelHandlerContext ctx, ByteBuf in, int first) {
		SslContext used = this.tls;
		if (used == null || first != TLS_HANDSHAKE) {
			// Where TLS is set up, plain text is refused.
			in.release();
			ctx.close();
			return;
		}
		this.tls = null;
		ctx.pipeline().addFirst("tls", used.newHandler(ctx.alloc()));
		ctx.pipeline().fireChannelRead(in);
	}

}
