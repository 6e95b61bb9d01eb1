package io.nanogame.net;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import io.nanogame.connection.UrlQuery;
import io.nanogame.session.CloseReason;
import io.nanogame.session.UpgradeRequest;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/**
 * Upgrades an HTTP request to a WebSocket (RFC 6455, section 4.2), or sends an error
 * response and closes. It responds to the head of the request, without a body. Removes
 * itself and the HTTP codec from the pipeline after the upgrade. Confined to the event
 * loop.
 */
final class WebSocketUpgrade extends SimpleChannelInboundHandler<HttpObject> {

	private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private final String listener;

	private final ListenerSettings settings;

	private final NettyWire wire;

	/** Why the client is rejected, or null. */
	private final @Nullable CloseReason refused;

	/** Null until the head of a valid request was read. */
	private @Nullable HttpRequest accepted;

	private boolean responded;

	WebSocketUpgrade(Listener listener, NettyWire wire, @Nullable CloseReason refused) {
		this.listener = listener.name();
		this.settings = listener.settings();
		this.wire = wire;
		this.refused = refused;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
		if (this.responded) {
			return; // The body of a rejected request, or a request after it.
		}
		if (part instanceof HttpRequest request) {
			Refusal refusal = refusal(request);
			if (refusal != null) {
				refuse(ctx, refusal);
				return;
			}
			this.accepted = request;
		}
		if (this.accepted != null && part instanceof LastHttpContent) {
			upgrade(ctx, this.accepted);
		}
	}

	private void upgrade(ChannelHandlerContext ctx, HttpRequest request) {
		DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
		response.headers()
			.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
			.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
			.set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT,
					accept(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY)));
		String subprotocol = Subprotocol.choose(request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL),
				this.settings.upgrade().subprotocols());
		if (subprotocol != null) {
			response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subprotocol);
		}
		String compression = this.wire
			.acceptCompression(request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS));
		if (compression != null) {
			response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, compression);
		}
		this.wire.becomeWebSocket(UrlQuery.of(request.uri()), described(request), compression != null);
		this.wire.established();
		ctx.writeAndFlush(response);
		// The codec passes the bytes after the request on to the wire.
		ctx.pipeline().remove(HttpServerCodec.class);
		ctx.pipeline().remove(this);
		this.wire.upgraded();
	}

	private @Nullable Refusal refusal(HttpRequest request) {
		if (request.decoderResult().isFailure()) {
			return unreadable(request.decoderResult().cause());
		}
		if (this.refused == CloseReason.TLS_REQUIRED) {
			return new Refusal(HttpResponseStatus.BAD_REQUEST,
					"This port takes TLS only: use wss:// instead of ws://.");
		}
		if (this.refused != null) {
			return new Refusal(HttpResponseStatus.SERVICE_UNAVAILABLE, "There are too many connections.");
		}
		return refusalOfUpgrade(request);
	}

	/** Returns a refusal that names the exceeded limit. */
	private Refusal unreadable(Throwable cause) {
		if (cause instanceof TooLongHttpLineException) {
			return new Refusal(HttpResponseStatus.REQUEST_URI_TOO_LONG,
					"The first line of the request is longer than the %d bytes taken here (%s).".formatted(
							this.settings.upgrade().maxRequestLine(),
							Listener.key(this.listener, "websocket.max-request-line-size")));
		}
		if (cause instanceof TooLongHttpHeaderException) {
			return new Refusal(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
					"The headers of the request are longer than the %d bytes taken here (%s).".formatted(
							this.settings.upgrade().maxHeaders(),
							Listener.key(this.listener, "websocket.max-header-size")));
		}
		return new Refusal(HttpResponseStatus.BAD_REQUEST, "This is not an HTTP request.");
	}

	private @Nullable Refusal refusalOfUpgrade(HttpRequest request) {
		HttpHeaders headers = request.headers();
		if (!HttpMethod.GET.equals(request.method())
				|| !headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
				|| !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
			return new Refusal(HttpResponseStatus.UPGRADE_REQUIRED, "This port takes WebSockets.");
		}
		String path = this.settings.upgrade().path();
		if (!path.isEmpty() && !path.equals(path(request))) {
			return new Refusal(HttpResponseStatus.NOT_FOUND, "There is no WebSocket at this path.");
		}
		if (!"13".equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
			return new Refusal(HttpResponseStatus.UPGRADE_REQUIRED, "This port takes WebSockets of version 13.");
		}
		if (!headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
			return new Refusal(HttpResponseStatus.BAD_REQUEST, "The header Sec-WebSocket-Key is missing.");
		}
		if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
				|| headers.getInt(HttpHeaderNames.CONTENT_LENGTH, 0) != 0) {
			return new Refusal(HttpResponseStatus.BAD_REQUEST, "The request of a WebSocket has no body.");
		}
		if (!this.settings.upgrade()
			.origins()
			.allows(headers.get(HttpHeaderNames.ORIGIN), headers.get(HttpHeaderNames.HOST), () -> described(request))) {
			return new Refusal(HttpResponseStatus.FORBIDDEN, "Pages of this origin may not connect.");
		}
		if (!UrlQuery.of(request.uri()).isReadable()) {
			return new Refusal(HttpResponseStatus.BAD_REQUEST, "The query of the URL cannot be decoded.");
		}
		return null;
	}

	private static UpgradeRequest described(HttpRequest request) {
		return UpgradeRequest.of(path(request), request.headers().entries().stream());
	}

	private static String path(HttpRequest request) {
		return new QueryStringDecoder(request.uri()).rawPath();
	}

	private void refuse(ChannelHandlerContext ctx, Refusal refusal) {
		this.responded = true;
		CloseReason reason = (this.refused != null) ? this.refused
				: CloseReason.PROTOCOL_ERROR.withMessage(refusal.message);
		this.wire.endWithoutFarewell(reason);
		DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, refusal.status,
				ByteBufUtil.writeUtf8(ctx.alloc(), refusal.message + "\n"));
		response.headers()
			.set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
			.setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
			.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		if (refusal.status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
			response.headers()
				.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
				.set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
		}
		ctx.write(response);
		this.wire.finish(reason);
	}

	private static String accept(String key) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-1")
				.digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record Refusal(HttpResponseStatus status, String message) {
	}

}
