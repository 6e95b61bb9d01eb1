package io.nanogame.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.serialize.PayloadReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;
import reactor.netty.Connection;
import reactor.netty.http.websocket.WebsocketInbound;

/**
 * One connection to the server, from its start to its end; the {@link Connector} opens
 * the next one. Reads on the event loop. Any thread may send.
 */
final class Link {

	private static final int CLOSE_TIMEOUT_SECONDS = 2;

	private final ClientSettings settings;

	private final Connection connection;

	private final Channel channel;

	private final Connector connector;

	private final Listeners listeners;

	private final Requests requests;

	private final ClientProtocol protocol;

	// Confined to the event loop

	private boolean open;

	private boolean ended;

	private @Nullable ByteBuf tail;

	/** Code and reason of the WebSocket's close frame, after a colon; or empty. */
	private String closeStatus = "";

	Link(ClientSettings settings, Connection connection, Connector connector, Listeners listeners) {
		this.settings = settings;
		this.connection = connection;
		this.channel = connection.channel();
		this.connector = connector;
		this.listeners = listeners;
		this.requests = new Requests(this.channel.eventLoop(), settings);
		this.protocol = settings.protocol(this);
	}

	/** Starts reading and the protocol. */
	void start() {
		eventLoop().execute(() -> {
			this.connection.inbound()
				.receive()
				.subscribe(this::read,
						(failure) -> lost(ReceiveLimit.explain(failure, this.settings.maxPacketLength()), failure),
						() -> closed("The server closed the connection"));
			if (this.connection.inbound() instanceof WebsocketInbound webSocket) {
				webSocket.receiveCloseStatus()
					.subscribe((status) -> this.closeStatus = ": " + status.code() + " " + status.reasonText());
			}
			// One turn later: the failure that made the pipeline close the channel is
			// still on its way to the subscriber, and is the better reason.
			this.channel.closeFuture()
				.addListener((closed) -> eventLoop().execute(() -> closed("The connection was closed")));
			this.protocol.start();
		});
	}

	EventLoop eventLoop() {
		return this.channel.eventLoop();
	}

	Channel channel() {
		return this.channel;
	}

	Requests requests() {
		return this.requests;
	}

	// In

	private void read(ByteBuf in) {
		if (this.ended) {
			return;
		}
		try {
			ByteBuf kept = this.tail;
			if (kept == null) {
				this.protocol.read(in);
				if (in.isReadable()) {
					this.tail = Unpooled.buffer(in.readableBytes()).writeBytes(in);
				}
			}
			else {
				this.protocol.read(kept.discardSomeReadBytes().writeBytes(in));
				if (!kept.isReadable()) {
					this.tail = null;
				}
			}
		}
		catch (ProtocolException ex) {
			lost(ReceiveLimit.explain(ex, this.settings.maxPacketLength()), ex);
		}
	}

	/** Called by the protocol when messages may be sent. */
	void opened(HandshakeResponse response) {
		this.open = true;
		if (this.settings.metrics() != null) {
			this.settings.metrics().opened();
		}
		this.connector.opened(this, response);
	}

	/** Called by the protocol when the server has accepted the client. */
	void accepted() {
		this.connector.accepted();
	}

	void response(Message response) {
		this.requests.complete(response);
	}

	void push(Message push) {
		this.listeners.deliver(push);
	}

	// Out

	/** Any thread. */
	void request(String route, byte[] body, @Nullable PayloadReader reader, Duration timeout, MonoSink<Object> sink) {
		if (isFull()) {
			sink.error(ClientOverloadedException.tooManyPendingBytes(this.settings.maxPendingBytes()));
			return;
		}
		long id = this.requests.add(route, reader, timeout, sink);
		if (id == 0) {
			return;
		}
		try {
			this.protocol.send(MessageType.REQUEST, id, route, body);
		}
		catch (ProtocolException | IllegalArgumentException ex) {
			this.requests.fail(id, ex);
		}
	}

	/**
	 * Any thread.
	 * @throws ClientOverloadedException if too many bytes wait to be sent
	 * @throws ProtocolException if the route or the body is too long
	 */
	void notify(String route, byte[] body) {
		if (isFull()) {
			throw ClientOverloadedException.tooManyPendingBytes(this.settings.maxPendingBytes());
		}
		this.protocol.send(MessageType.NOTIFY, 0, route, body);
	}

	/**
	 * Returns whether too many bytes wait to be sent. Does not use
	 * {@code Channel.isWritable()}, which is false for a closed channel, too.
	 */
	private boolean isFull() {
		ChannelOutboundBuffer waiting = this.channel.unsafe().outboundBuffer();
		return waiting != null && !waiting.isWritable();
	}

	/** Returns an empty buffer for a packet. Thread-safe. */
	ByteBuf buffer(int capacity) {
		return this.channel.alloc().buffer(capacity);
	}

	/** Sends a packet. Thread-safe. */
	void write(ByteBuf packet) {
		write(packet, frame(packet));
	}

	/** Sends a packet in an envelope that a handler of the channel opens. Thread-safe. */
	void write(ByteBuf packet, Object envelope) {
		WireTap tap = this.settings.wireTap();
		if (tap != null) {
			tap.packet(true, ByteBufUtil.getBytes(packet));
		}
		this.channel.writeAndFlush(envelope);
	}

	/** Returns what is written to the channel for a packet. */
	Object frame(ByteBuf packet) {
		return this.settings.isWebSocket() ? new BinaryWebSocketFrame(packet) : packet;
	}

	// The end

	boolean isEnded() {
		return this.ended;
	}

	private void closed(String message) {
		NanoClientException reason = this.protocol.reasonOfClose();
		if (reason != null) {
			end(reason);
		}
		else {
			lost(message + this.closeStatus, null);
		}
	}

	void lost(String message, @Nullable Throwable cause) {
		end(new ConnectionLostException(message, cause));
	}

	/** Closes the connection after all queued output. Any thread. */
	void close() {
		eventLoop().execute(() -> end(new ClientClosedException()));
	}

	void end(NanoClientException reason) {
		if (!this.ended) {
			this.ended = true;
			this.tail = null;
			this.protocol.ended();
			if (this.open && this.settings.metrics() != null) {
				this.settings.metrics().closed();
			}
			if (reason instanceof ClientClosedException) {
				closeGracefully();
			}
			else {
				this.channel.close();
			}
			this.connector.lost(reason);
			this.requests.end(reason);
		}
	}

	/**
	 * Ends the output and waits for the server to close the connection. Closing at once,
	 * with received bytes unread, would reset the connection, and the last messages might
	 * never arrive. A server that does not read is cut off after a time-out.
	 */
	private void closeGracefully() {
		Future<?> timeout = eventLoop().schedule(() -> this.channel.close(), CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
		this.channel.closeFuture().addListener((closed) -> timeout.cancel(false));
		if (this.settings.isWebSocket()) {
			this.channel.writeAndFlush(new CloseWebSocketFrame());
		}
		else {
			this.channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((flushed) -> halfClose());
		}
	}

	private void halfClose() {
		SslHandler tls = this.channel.pipeline().get(SslHandler.class);
		if (tls != null) {
			tls.closeOutbound();
		}
		else if (this.channel instanceof DuplexChannel socket) {
			socket.shutdownOutput();
		}
		else {
			this.channel.close();
		}
	}

}
