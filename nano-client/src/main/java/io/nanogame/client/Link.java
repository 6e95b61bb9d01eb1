package io.nanogame.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.Kick;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageDecoder;
import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketEncoder;
import io.nanogame.protocol.PacketHandler;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.protocol.RouteNames;
import io.nanogame.serialize.PayloadReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
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
 * One connection to the server, from its handshake to its end; the {@link Connector}
 * opens the next one. Reads on the event loop. Any thread may send.
 */
final class Link implements PacketHandler {

	private static final int CLOSE_TIMEOUT_SECONDS = 2;

	/** Heartbeats in a row after which a server that has sent nothing is lost. */
	private static final int MAX_UNANSWERED = 2;

	private final ClientSettings settings;

	private final Connection connection;

	private final Channel channel;

	private final Connector connector;

	private final Listeners listeners;

	private final Requests requests;

	private final PacketDecoder packets;

	private volatile MessageEncoder encoder = new MessageEncoder(RouteDictionary.EMPTY);

	// Confined to the event loop

	private MessageDecoder messages;

	private boolean open;

	private boolean ended;

	private @Nullable ByteBuf tail;

	/** The time-out of the handshake, then the heartbeat. */
	private @Nullable Future<?> timer;

	/** Heartbeats sent since the last read. */
	private int unanswered;

	/** Code and reason of the WebSocket's close frame, after a colon; or empty. */
	private String closeStatus = "";

	Link(ClientSettings settings, Connection connection, Connector connector, Listeners listeners) {
		this.settings = settings;
		this.connection = connection;
		this.channel = connection.channel();
		this.connector = connector;
		this.listeners = listeners;
		this.packets = new PacketDecoder(settings.maxPacketLength());
		this.messages = decoder(RouteDictionary.EMPTY);
		this.requests = new Requests(this.channel.eventLoop(), settings);
	}

	private MessageDecoder decoder(RouteDictionary codes) {
		return new MessageDecoder(codes, new RouteNames(codes.asMap().keySet()), this.settings.maxPacketLength());
	}

	/** Starts reading and sends the handshake. */
	void start() {
		this.channel.eventLoop().execute(() -> {
			Duration timeout = this.settings.connectTimeout();
			this.timer = this.channel.eventLoop()
				.schedule(() -> lost("The server did not reply to the handshake in time", null), timeout.toNanos(),
						TimeUnit.NANOSECONDS);
			this.connection.inbound()
				.receive()
				.subscribe(this::read,
						(failure) -> lost(ReceiveLimit.explain(failure, this.settings.maxPacketLength()), failure),
						() -> lost("The server closed the connection" + this.closeStatus, null));
			if (this.connection.inbound() instanceof WebsocketInbound webSocket) {
				webSocket.receiveCloseStatus()
					.subscribe((status) -> this.closeStatus = ": " + status.code() + " " + status.reasonText());
			}
			// One turn later: the failure that made the pipeline close the channel is
			// still
			// on its way to the subscriber, and is the better reason.
			this.channel.closeFuture()
				.addListener((closed) -> this.channel.eventLoop()
					.execute(() -> lost("The connection was closed" + this.closeStatus, null)));
			packet(PacketType.HANDSHAKE, this.settings.handshake().toJson());
		});
	}

	// In

	private void read(ByteBuf in) {
		if (this.ended) {
			return;
		}
		this.unanswered = 0;
		try {
			ByteBuf kept = this.tail;
			if (kept == null) {
				this.packets.decode(in, this);
				if (in.isReadable()) {
					this.tail = Unpooled.buffer(in.readableBytes()).writeBytes(in);
				}
			}
			else {
				this.packets.decode(kept.discardSomeReadBytes().writeBytes(in), this);
				if (!kept.isReadable()) {
					this.tail = null;
				}
			}
		}
		catch (ProtocolException ex) {
			lost(ReceiveLimit.explain(ex, this.settings.maxPacketLength()), ex);
		}
	}

	@Override
	public boolean packet(PacketType type, ByteBuf in, int length) {
		WireTap tap = this.settings.wireTap();
		if (tap != null) {
			tap.packet(false, ByteBufUtil.getBytes(in, in.readerIndex() - PacketDecoder.HEADER_LENGTH,
					PacketDecoder.HEADER_LENGTH + length));
		}
		switch (type) {
			case HANDSHAKE -> handshake(ByteBufUtil.getBytes(in, in.readerIndex(), length));
			case DATA -> message(in, length);
			case KICK -> kicked(Kick.parse(ByteBufUtil.getBytes(in, in.readerIndex(), length)));
			case HEARTBEAT, HANDSHAKE_ACK -> {
				// read() has reset the counter, which is all that a heartbeat is for.
			}
		}
		return !this.ended;
	}

	private void handshake(byte[] body) {
		if (this.open) {
			return;
		}
		HandshakeResponse response = HandshakeResponse.parse(body);
		if (!response.isAccepted()) {
			end(new HandshakeRefusedException(response.code(), response.message()));
			return;
		}
		this.open = true;
		if (this.settings.metrics() != null) {
			this.settings.metrics().opened();
		}
		this.encoder = new MessageEncoder(response.dictionary());
		this.messages = decoder(response.dictionary());
		packet(PacketType.HANDSHAKE_ACK, new byte[0]);
		startHeartbeat(response.heartbeatSeconds());
		this.connector.opened(this, response);
	}

	private void message(ByteBuf in, int length) {
		if (!this.open) {
			throw new ProtocolException(ProtocolException.Reason.BAD_HANDSHAKE);
		}
		Message message = this.messages.decode(in, length);
		if (message.type() == MessageType.RESPONSE) {
			this.requests.complete(message);
		}
		else if (message.type() == MessageType.PUSH) {
			this.listeners.deliver(message);
		}
	}

	private void kicked(Kick kick) {
		end(new KickedException(kick.reason(), kick.reconnect()));
	}

	// Heartbeat

	/**
	 * Servers either echo heartbeats or send their own. Any packet counts as a sign of
	 * life.
	 */
	private void startHeartbeat(int seconds) {
		cancelTimer();
		if (seconds > 0) {
			this.timer = this.channel.eventLoop()
				.scheduleAtFixedRate(this::heartbeat, seconds, seconds, TimeUnit.SECONDS);
		}
	}

	private void heartbeat() {
		if (this.unanswered == MAX_UNANSWERED) {
			lost("No packet was received for two heartbeats", null);
		}
		else {
			this.unanswered++;
			packet(PacketType.HEARTBEAT, new byte[0]);
		}
	}

	private void cancelTimer() {
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
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
			send(MessageType.REQUEST, id, route, body);
		}
		catch (ProtocolException ex) {
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
		send(MessageType.NOTIFY, 0, route, body);
	}

	/**
	 * Returns whether too many bytes wait to be sent. Does not use
	 * {@code Channel.isWritable()}, which is false for a closed channel, too.
	 */
	private boolean isFull() {
		ChannelOutboundBuffer waiting = this.channel.unsafe().outboundBuffer();
		return waiting != null && !waiting.isWritable();
	}

	private void send(MessageType type, long id, String route, byte[] body) {
		MessageEncoder codec = this.encoder;
		ByteBuf out = this.channel.alloc().buffer(codec.packetLength(type, id, route, body, true));
		try {
			codec.encodePacket(out, type, id, route, body, false, true);
		}
		catch (ProtocolException ex) {
			out.release();
			throw ex;
		}
		write(out);
	}

	private void packet(PacketType type, byte[] body) {
		ByteBuf out = this.channel.alloc().buffer(PacketDecoder.HEADER_LENGTH + body.length);
		PacketEncoder.encode(out, type, body);
		write(out);
	}

	private void write(ByteBuf out) {
		WireTap tap = this.settings.wireTap();
		if (tap != null) {
			tap.packet(true, ByteBufUtil.getBytes(out));
		}
		this.channel.writeAndFlush(this.settings.isWebSocket() ? new BinaryWebSocketFrame(out) : out);
	}

	// The end

	private void lost(String message, @Nullable Throwable cause) {
		end(new ConnectionLostException(message, cause));
	}

	/** Closes the connection after all queued output. Any thread. */
	void close() {
		this.channel.eventLoop().execute(() -> end(new ClientClosedException()));
	}

	private void end(NanoClientException reason) {
		if (!this.ended) {
			this.ended = true;
			cancelTimer();
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
		Future<?> timeout = this.channel.eventLoop()
			.schedule(() -> this.channel.close(), CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
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
