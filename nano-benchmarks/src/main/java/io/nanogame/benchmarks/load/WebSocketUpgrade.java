package io.nanogame.benchmarks.load;

import java.net.InetSocketAddress;
import java.net.URI;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;

/**
 * Adds a client to the pipeline when the WebSocket handshake is complete, and converts
 * between bytes and frames. Confined to the event loop.
 */
final class WebSocketUpgrade extends ChannelDuplexHandler {

	private static final int MAX_FRAME = 1 << 20;

	private final Client client;

	private WebSocketUpgrade(Client client) {
		this.client = client;
	}

	static void add(ChannelPipeline pipeline, InetSocketAddress server, Client client) {
		URI uri = URI.create("ws://%s:%d/nano".formatted(server.getHostString(), server.getPort()));
		pipeline.addLast(
				new HttpClientCodec(), new HttpObjectAggregator(8192), new WebSocketClientProtocolHandler(uri,
						WebSocketVersion.V13, null, false, new DefaultHttpHeaders(), MAX_FRAME),
				new WebSocketUpgrade(client));
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
			ctx.pipeline().addLast(this.client);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		ctx.fireChannelRead(((WebSocketFrame) message).content());
	}

	/** Passes the upgrade request, which is not a buffer. */
	@Override
	public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
		ctx.write((message instanceof ByteBuf bytes) ? new BinaryWebSocketFrame(bytes) : message, promise);
	}

}
