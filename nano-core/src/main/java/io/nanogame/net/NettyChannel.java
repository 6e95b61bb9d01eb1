package io.nanogame.net;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.List;

import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.InboundMessages;
import io.nanogame.connection.OutputLoop;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.Traffic;
import io.nanogame.connection.TransportContext;
import io.nanogame.connection.UrlQuery;
import io.nanogame.connection.Wire;
import io.nanogame.session.CloseReason;
import io.nanogame.session.UpgradeRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;

/**
 * The channel of a {@link NettyWire}: its transport, its properties and its output. A
 * superclass instead of an object of its own, which every idle connection would have.
 */
abstract class NettyChannel extends ChannelInboundHandlerAdapter implements Wire {

	/** The amount of output that is flushed before the end of the read. */
	private static final int FLUSH_BYTES = 64 * 1024;

	private static final byte[] NO_PAYLOAD = {};

	final Channel channel;

	final ClientConnection connection;

	private final NettyLoop loop;

	/** Null when the channel has the address of the client. */
	private volatile @Nullable SocketAddress remoteAddress;

	private volatile @Nullable Principal principal;

	/** Null on a bare socket. */
	private volatile @Nullable WebSocketInput webSocket;

	// Confined to the event loop

	/** Replaced once if messages are compressed. */
	OutputBuffer output;

	/** Null if received bytes are a stream. Recorded for protocols that need it. */
	private @Nullable InboundMessages messages;

	/** Null until this side ends the connection. */
	private @Nullable GracefulClose closing;

	private boolean established;

	NettyChannel(TransportContext context, Protocol protocol, NettyLoop loop, Channel channel) {
		this.loop = loop;
		this.channel = channel;
		this.output = new OutputBuffer(channel);
		this.connection = ClientConnection.open(context, protocol, this);
		channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
	}

	// The transport

	@Override
	public final InboundMessages receiveMessages() {
		this.messages = new InboundMessages();
		return this.messages;
	}

	/** Returns whether a message was received that is not decoded yet. */
	final boolean hasMessage() {
		return this.messages != null && this.messages.hasNext();
	}

	/**
	 * Sends and receives packets in WebSocket frames from now on.
	 * @param ofUrl the query of the URL
	 * @param request the HTTP request
	 * @param compressed whether messages may be compressed
	 */
	final void becomeWebSocket(UrlQuery ofUrl, UpgradeRequest request, boolean compressed) {
		this.connection.upgraded(request);
		PacketLimits limits = null;
		if (compressed) {
			limits = this.loop.context().settings().connection().packets();
			this.output = this.output.deflating(this.loop.deflater());
		}
		this.webSocket = new WebSocketInput(ofUrl, this.messages, limits, this.channel, this.output);
		this.output.becomeWebSocket();
	}

	/** Sets the address and the user that a proxy or the web app has reported. */
	final void setPeer(SocketAddress address, @Nullable Principal user) {
		this.remoteAddress = address;
		this.principal = user;
	}

	/** Sends nothing until TLS is established, because the client could not read it. */
	final void tlsPending() {
		this.output.tlsPending(true);
	}

	/**
	 * Called when TLS is established, or the client connects without TLS: output may be
	 * sent.
	 */
	final void tlsReady(@Nullable Principal peer) {
		this.output.tlsPending(false);
		this.principal = peer;
	}

	/** Called when the transport of the client is known. */
	final void established() {
		this.established = true;
		traffic().connected(transport());
	}

	/** Called when the channel is closed. */
	final void closed() {
		if (this.established) {
			traffic().disconnected(transport());
		}
	}

	/** Called when a WebSocket is established, and its output may be sent. */
	final void upgraded() {
		if (!this.connection.isEnding()) {
			this.connection.connected();
			flush();
		}
	}

	/** Rejects the client: sends the reason, and closes the channel. */
	final void reject(CloseReason reason) {
		this.connection.end(reason);
	}

	/**
	 * Ends the connection of a rejected client. The caller sends the reason and closes
	 * the channel.
	 */
	final void endWithoutFarewell(CloseReason reason) {
		this.connection.endWithoutFarewell(reason);
	}

	/** Ends the connection because of malformed bytes before the first packet. */
	final void protocolError(String problem) {
		this.connection.end(CloseReason.PROTOCOL_ERROR.withMessage("protocol error: " + problem));
	}

	// Output

	@Override
	public final ByteBuf append(int length) {
		if (this.output.size() >= FLUSH_BYTES) {
			flush();
		}
		return this.output.append(length);
	}

	@Override
	public final void append(byte[] packet) {
		if (this.output.size() >= FLUSH_BYTES) {
			flush();
		}
		this.output.append(packet);
	}

	@Override
	public void flush() {
		ByteBuf out = this.output.take();
		if (out != null) {
			traffic().bytesSent(out.readableBytes());
			this.channel.writeAndFlush(out, this.channel.voidPromise());
		}
	}

	@Override
	public final void sendText(boolean text) {
		this.output.sendText(text);
	}

	@Override
	public final boolean ping() {
		if (this.webSocket == null) {
			return false;
		}
		this.output.frame(WebSocketFrames.PING, NO_PAYLOAD);
		flush();
		return true;
	}

	@Override
	public final long pendingBytes() {
		var queued = this.channel.unsafe().outboundBuffer();
		return this.output.size() + ((queued != null) ? queued.totalPendingWriteBytes() : 0);
	}

	@Override
	public boolean isWritable() {
		return this.channel.isWritable();
	}

	// The end

	/** Returns null until this side ends the connection. */
	final @Nullable GracefulClose closing() {
		return this.closing;
	}

	/**
	 * Sends the last bytes, and closes the channel when the client has closed its half;
	 * immediately, if the client could not read them without TLS. Once.
	 * @param close the close frame, for a WebSocket
	 * @param inputEnded whether the client has closed its half
	 */
	final void close(CloseFrame close, boolean inputEnded) {
		GracefulClose begun = new GracefulClose(this.channel, inputEnded);
		this.closing = begun;
		if (this.output.isTlsPending()) {
			this.channel.close();
			return;
		}
		if (this.webSocket != null) {
			this.output.frame(WebSocketFrames.CLOSE, close.payload());
		}
		ByteBuf out = this.output.take();
		begun.begin((out != null) ? out : Unpooled.EMPTY_BUFFER);
	}

	@Override
	public void abort() {
		GracefulClose.abort(this.channel);
	}

	// Properties

	final Traffic traffic() {
		return this.loop.context().traffic();
	}

	@Override
	public final OutputLoop loop() {
		return this.loop;
	}

	@Override
	public final SocketAddress remoteAddress() {
		SocketAddress known = this.remoteAddress;
		return (known != null) ? known : this.channel.remoteAddress();
	}

	@Override
	public final @Nullable Principal principal() {
		return this.principal;
	}

	@Override
	public final String transport() {
		return (this.webSocket != null) ? "websocket" : "tcp";
	}

	@Override
	public final boolean keepsBounds() {
		return this.webSocket != null;
	}

	/** Returns the value of the header that accepts compression, or null. */
	final @Nullable String acceptCompression(List<String> offers) {
		return PermessageDeflate.accept(offers, this.loop.context().settings());
	}

	/** Returns the inbound half of a WebSocket; null on a bare socket. */
	final @Nullable WebSocketInput webSocket() {
		return this.webSocket;
	}

	@Override
	public final @Nullable UrlQuery query() {
		WebSocketInput input = this.webSocket;
		return (input != null) ? input.query() : null;
	}

}
