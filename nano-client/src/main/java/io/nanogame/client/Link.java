package io.nanogame.client;

import java.time.Duration;

import io.nanogame.client.ClientState.Phase;
import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.websocket.WebsocketInbound;

/**
 * One connection to the server, from its start to its end; the {@link Connector} opens
 * the next one. Reads on the event loop. Any thread may send.
 */
final class Link implements Output {

	private final ClientSettings settings;

	private final Connection connection;

	private final Channel channel;

	private final Connector connector;

	private final Listeners listeners;

	private final ClientSession session;

	private final ClientProtocol protocol;

	// Confined to the event loop

	private final UnreadBytes unread = new UnreadBytes();

	private boolean open;

	private boolean ended;

	/** Whether the server keeps a session that the client does not want any more. */
	private boolean abandonsSession;

	/** Code and reason of the WebSocket's close frame. */
	private @Nullable WebSocketCloseStatus closeStatus;

	/** The time until the next attempt, if the server has determined it. */
	private @Nullable Duration delay;

	/**
	 * Creates a link.
	 * @param former the session of an earlier link, which this one is to continue; null
	 * if there is none
	 */
	Link(ClientSettings settings, Connection connection, Connector connector, Listeners listeners,
			@Nullable ClientSession former) {
		this.settings = settings;
		this.connection = connection;
		this.channel = connection.channel();
		this.connector = connector;
		this.listeners = listeners;
		this.session = (former != null) ? former : new ClientSession(settings, listeners, this);
		this.protocol = settings.protocol(this);
	}

	/** Starts reading and the protocol. */
	void start() {
		eventLoop().execute(() -> {
			this.connection.inbound()
				.receive()
				.subscribe(this::read, this::broken, () -> closed("The server closed the connection"));
			if (this.connection.inbound() instanceof WebsocketInbound webSocket) {
				webSocket.receiveCloseStatus().subscribe((status) -> this.closeStatus = status);
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

	ClientSession session() {
		return this.session;
	}

	// In

	private void read(ByteBuf in) {
		if (this.ended) {
			return;
		}
		try {
			this.unread.read(in, this.protocol);
		}
		catch (ProtocolException ex) {
			broken(ex);
		}
	}

	/**
	 * Called by the protocol when messages may be sent.
	 * @param response the server's reply; {@code null} if the former session is resumed
	 */
	void opened(@Nullable HandshakeResponse response) {
		this.open = true;
		if (this.settings.metrics() != null) {
			this.settings.metrics().opened();
		}
		this.connector.opened(this.session, response);
	}

	/** Called by the protocol when the server has a new session for the client. */
	void sessionLost(SessionLostException reason) {
		this.connector.sessionLost(reason);
		this.session.lose(reason, false);
	}

	/**
	 * Called by the protocol when the server has accepted the client, or confirms that.
	 */
	void accepted() {
		this.connector.accepted();
	}

	void response(Message response) {
		this.session.requests().complete(response);
	}

	void push(Message push) {
		this.listeners.deliver(push);
	}

	// Out

	@Override
	public void send(MessageType type, long id, String route, byte[] body) {
		this.protocol.send(type, id, route, body);
	}

	/**
	 * Too many bytes may wait to be sent. Does not use {@code Channel.isWritable()},
	 * which is false for a closed channel, too.
	 */
	@Override
	public @Nullable ClientOverloadedException overload() {
		ChannelOutboundBuffer waiting = this.channel.unsafe().outboundBuffer();
		return (waiting != null && !waiting.isWritable())
				? ClientOverloadedException.tooManyPendingBytes(this.settings.maxPendingBytes()) : null;
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

	/**
	 * Writes a packet that is kept, without a flush. An observer that fails does not
	 * change what was written.
	 */
	void write(byte[] packet) {
		this.channel.write(frame(Unpooled.wrappedBuffer(packet)));
		this.settings.showSent(packet);
	}

	void flush() {
		this.channel.flush();
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
			return;
		}
		WebSocketCloseStatus status = this.closeStatus;
		if (status != null && this.open && CloseCodes.endSession(status.code())) {
			this.session.forgetToken();
		}
		lost((status != null) ? message + ": " + status.code() + " " + status.reasonText() : message, null);
	}

	/**
	 * Ends the connection after a failure to read. After a violation of the protocol the
	 * session ends, too: the server would send the same bytes again.
	 */
	private void broken(Throwable failure) {
		if (this.open && (failure instanceof ProtocolException || failure instanceof CorruptedFrameException)) {
			this.abandonsSession = this.session.isResumable();
			this.session.forgetToken();
		}
		lost(ReceiveLimit.explain(failure, this.settings.maxPacketLength()), failure);
	}

	void lost(String message, @Nullable Throwable cause) {
		end(new ConnectionLostException(message, cause));
	}

	/** Ends the connection; the next attempt is made after a time, or null for any. */
	void unavailable(String message, @Nullable Duration nextDelay) {
		this.delay = nextDelay;
		lost(message, null);
	}

	/** Closes the connection after all queued output. Any thread. */
	void close() {
		eventLoop().execute(() -> end(new ClientClosedException()));
	}

	void end(NanoClientException reason) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		this.unread.clear();
		this.protocol.ended();
		if (this.open && this.settings.metrics() != null) {
			this.settings.metrics().closed();
		}
		if (reason instanceof ClientClosedException || this.abandonsSession) {
			closeAfterOutput();
		}
		else {
			this.channel.close();
		}
		this.session.stop();
		if (!(reason instanceof ConnectionLostException)) {
			this.session.forgetToken();
		}
		if (this.connector.lost(reason, this.delay, this.open).is(Phase.WAITING)) {
			this.session.connectionEnded(reason, this.open, false);
		}
		ClientState next = this.connector.released();
		if (next.is(Phase.CLOSED)) {
			this.session.connectionEnded(next.reason(), this.open && reason instanceof ClientClosedException, true);
		}
	}

	/** Without the end of the session the server would wait for the client. */
	private void closeAfterOutput() {
		boolean endsSession = this.open && this.session.isResumable();
		if (endsSession) {
			this.session.flush();
			this.protocol.endSession();
		}
		if (this.settings.isWebSocket()) {
			GracefulClose.webSocket(this.channel, endsSession);
		}
		else {
			GracefulClose.socket(this.channel);
		}
	}

}
