package io.nanogame.spring.web.servlet;

import java.net.SocketAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.InboundMessages;
import io.nanogame.connection.OutputLoop;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.TransportContext;
import io.nanogame.connection.UrlQuery;
import io.nanogame.connection.Wire;
import io.nanogame.net.CloseFrame;
import io.nanogame.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/**
 * A servlet container's WebSocket that carries packets, one in each message. Only its
 * lane sends, and blocks until the client has received the bytes. Only the container's
 * thread delivers bytes, and blocks until the lane has consumed them. So neither side can
 * outpace the other. All buffers are on the heap.
 */
final class ServletWire implements Wire {

	static final String TRANSPORT = "servlet";

	private final TransportContext context;

	private final LaneLoop loop;

	private final SocketAddress remoteAddress;

	private final UrlQuery query;

	private final @Nullable Principal principal;

	private final ClientConnection connection;

	/** False when the connection limits are exceeded, so that the client is rejected. */
	private final boolean admitted;

	private final ContainerThread reader;

	/** Whether the client has closed the WebSocket with code 1000, or without a code. */
	private volatile boolean closedByClient;

	/** Null if received bytes are a stream. Set by the constructor. */
	private @Nullable InboundMessages messages;

	// Confined to the lane

	private final PacketSender sender;

	/** Bytes received and not decoded: an incomplete packet, or received while paused. */
	private @Nullable ByteBuf tail;

	private boolean paused;

	private boolean disconnected;

	ServletWire(TransportContext context, Protocol protocol, LaneLoop loop, WebSocketSession session,
			Duration sendLimit) {
		this.context = context;
		this.loop = loop;
		this.reader = new ContainerThread(loop);
		this.sender = new PacketSender(session, context.traffic(), sendLimit, this);
		this.remoteAddress = ServletClient.address(session);
		this.query = new UrlQuery((session.getUri() != null) ? session.getUri().getRawQuery() : null);
		this.principal = session.getPrincipal();
		this.connection = ClientConnection.open(context, protocol, this);
		this.connection.upgraded(ServletClient.upgrade(session));
		this.admitted = context.connectionSlots().acquire(this.remoteAddress);
		context.traffic().connected(TRANSPORT);
	}

	/**
	 * Begins to serve the client. The caller must report a close from now on, because the
	 * server may reject the client before this method returns.
	 */
	void open() {
		if (!this.admitted) {
			this.loop.execute(() -> this.connection.end(CloseReason.TOO_MANY_CONNECTIONS));
		}
		else {
			this.loop.execute(() -> {
				this.connection.connected();
				flush();
			});
		}
	}

	// Input

	/**
	 * Receives a message of the client, or a part of one. Called on the container's
	 * thread; blocks until the bytes are consumed, or the connection has ended.
	 * @param in the bytes, which must not be modified meanwhile
	 * @throws RejectedExecutionException when no worker is free
	 */
	void receive(ByteBuf in, boolean text, boolean last) throws InterruptedException {
		this.reader.deliver(() -> consume(in, text, last));
	}

	/** Receives a pong, in the same way. */
	void pong() throws InterruptedException {
		this.reader.deliver(() -> consume(Unpooled.EMPTY_BUFFER));
	}

	private void consume(ByteBuf in, boolean text, boolean last) {
		if (this.messages != null) {
			this.messages.add(text, in.readableBytes(), last);
		}
		consume(in);
	}

	private void consume(ByteBuf in) {
		this.context.traffic().bytesReceived(in.readableBytes());
		decode((this.tail != null) ? this.tail.discardSomeReadBytes().writeBytes(in) : in);
	}

	private void decode(ByteBuf in) {
		try {
			this.connection.receive(in);
			if (!in.isReadable() && (this.messages == null || !this.messages.hasNext())) {
				this.tail = null;
			}
			else if (in != this.tail) {
				this.tail = Unpooled.buffer(in.readableBytes()).writeBytes(in);
			}
			flush();
		}
		finally {
			if (!this.paused) {
				this.reader.release();
			}
		}
	}

	@Override
	public void pause() {
		this.paused = true;
	}

	@Override
	public void resume() {
		this.paused = false;
		if (this.tail != null) {
			decode(this.tail);
		}
		else {
			this.reader.release();
		}
	}

	/** Called when the WebSocket is closed. Any thread. */
	void closed(CloseStatus status) {
		this.reader.close();
		this.closedByClient = ServletClient.isNormal(status);
		CloseReason reason = (this.messages == null) ? CloseReason.CLIENT_CLOSED
				: CloseFrame.reasonOf(status.getCode(), Objects.toString(status.getReason(), ""));
		try {
			this.loop.execute(() -> disconnected(reason));
		}
		catch (RejectedExecutionException ex) {
			// No worker is free, but a session must not outlive its client.
			disconnected(reason);
		}
	}

	@Override
	public boolean isClosedByClient() {
		return this.closedByClient;
	}

	ClientConnection connection() {
		return this.connection;
	}

	private void disconnected(CloseReason reason) {
		if (!this.disconnected) {
			this.disconnected = true;
			this.sender.drop();
			this.tail = null;
			this.context.traffic().disconnected(TRANSPORT);
			if (this.admitted) {
				this.context.connectionSlots().release(this.remoteAddress);
			}
			this.connection.disconnected(reason);
		}
	}

	// Output

	@Override
	public ByteBuf append(int length) {
		byte[] packet = new byte[length];
		append(packet);
		return Unpooled.wrappedBuffer(packet).clear();
	}

	@Override
	public void append(byte[] packet) {
		this.sender.append(packet);
	}

	@Override
	public void sendText(boolean text) {
		this.sender.sendText(text);
	}

	@Override
	public InboundMessages receiveMessages() {
		this.messages = new InboundMessages();
		return this.messages;
	}

	@Override
	public boolean keepsBounds() {
		return true;
	}

	@Override
	public boolean ping() {
		this.sender.ping();
		return true;
	}

	/** Blocks until everything is sent, or the time-out elapses. */
	@Override
	public void flush() {
		if (!this.sender.flush()) {
			this.connection.end(CloseReason.SLOW_CONSUMER);
		}
	}

	@Override
	public long pendingBytes() {
		return this.sender.waitingBytes();
	}

	/** Always true: the lane blocks on the client, and the container on the lane. */
	@Override
	public boolean isWritable() {
		return true;
	}

	@Override
	public void finish(CloseReason reason) {
		this.reader.release();
		this.sender.finish(ServletClient.status(reason));
	}

	@Override
	public void abort() {
		this.reader.release();
		this.sender.abort();
	}

	// Facts

	@Override
	public OutputLoop loop() {
		return this.loop;
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.remoteAddress;
	}

	@Override
	public String transport() {
		return TRANSPORT;
	}

	@Override
	public UrlQuery query() {
		return this.query;
	}

	@Override
	public @Nullable Principal principal() {
		return this.principal;
	}

	/** Names the client in a log line. */
	@Override
	public String toString() {
		return this.connection.toString();
	}

}
