package io.nanogame.spring.web.servlet;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.OutputLoop;
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
 * A servlet container's WebSocket that carries packets, one in each binary message. Only
 * its lane sends, and waits for the client while it does; only the container's thread
 * brings bytes, and waits until the lane has taken them. So neither side can run away
 * from the other. All buffers are on the heap and need no release.
 */
final class ServletWire implements Wire {

	private static final String TRANSPORT = "servlet";

	private final TransportContext context;

	private final LaneLoop loop;

	private final SocketAddress remoteAddress;

	private final UrlQuery query;

	private final @Nullable Principal principal;

	private final ClientConnection connection;

	/** Without one the client goes as soon as it has come. */
	private final boolean hasPlace;

	/** Has a permit when the container's thread may go on. */
	private final Semaphore taken = new Semaphore(0);

	private volatile boolean closed;

	// The lane's own

	private final PacketSender sender;

	/**
	 * What was received and not decoded: the rest of a packet, or what came while paused.
	 */
	private @Nullable ByteBuf tail;

	/** Whether the container's thread waits for what it brought to be taken. */
	private boolean readerWaits;

	private boolean paused;

	private boolean disconnected;

	ServletWire(TransportContext context, LaneLoop loop, WebSocketSession session, Duration sendLimit) {
		this.context = context;
		this.loop = loop;
		this.sender = new PacketSender(session, context.traffic(), sendLimit);
		this.remoteAddress = remoteAddress(session);
		this.query = new UrlQuery((session.getUri() != null) ? session.getUri().getRawQuery() : null);
		this.principal = session.getPrincipal();
		this.connection = ClientConnection.open(context, this);
		this.hasPlace = context.places().take(this.remoteAddress);
		context.traffic().connected(TRANSPORT);
		if (!this.hasPlace) {
			loop.execute(() -> this.connection.end(CloseReason.TOO_MANY_CONNECTIONS));
		}
	}

	private static SocketAddress remoteAddress(WebSocketSession session) {
		InetSocketAddress address = session.getRemoteAddress();
		return (address != null) ? address : InetSocketAddress.createUnresolved("unknown", 0);
	}

	// In

	/**
	 * Takes what the client sent. Container's thread; blocks until the bytes are taken,
	 * or the connection has ended.
	 * @param in bytes that nobody else changes meanwhile
	 * @throws RejectedExecutionException when no worker takes them
	 */
	void receive(ByteBuf in) throws InterruptedException {
		if (this.closed) {
			return;
		}
		this.context.traffic().bytesReceived(in.readableBytes());
		this.loop.execute(() -> take(in));
		this.taken.acquire();
	}

	private void take(ByteBuf in) {
		this.readerWaits = true;
		decode((this.tail != null) ? this.tail.discardSomeReadBytes().writeBytes(in) : in);
	}

	private void decode(ByteBuf in) {
		try {
			this.connection.receive(in);
			if (!in.isReadable()) {
				this.tail = null;
			}
			else if (in != this.tail) {
				this.tail = Unpooled.buffer(in.readableBytes()).writeBytes(in);
			}
			flush();
		}
		finally {
			if (!this.paused) {
				letReaderGo();
			}
		}
	}

	private void letReaderGo() {
		if (this.readerWaits) {
			this.readerWaits = false;
			this.taken.release();
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
			letReaderGo();
		}
	}

	/** The WebSocket is closed. Any thread. */
	void closed() {
		this.closed = true;
		this.taken.release();
		try {
			this.loop.execute(this::disconnected);
		}
		catch (RejectedExecutionException ex) {
			// No worker is free for it, and a session must not outlive its client.
			disconnected();
		}
	}

	private void disconnected() {
		if (!this.disconnected) {
			this.disconnected = true;
			this.sender.drop();
			this.tail = null;
			this.context.traffic().disconnected(TRANSPORT);
			if (this.hasPlace) {
				this.context.places().leave(this.remoteAddress);
			}
			this.connection.disconnected();
		}
	}

	// Out

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

	/** Blocks until the client has taken everything, or has had time enough for it. */
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

	/** The lane itself waits for the client, and so does who brings it bytes. */
	@Override
	public boolean isWritable() {
		return true;
	}

	@Override
	public void finish(CloseReason reason) {
		letReaderGo();
		CloseFrame close = CloseFrame.of(reason);
		this.sender.finish(new CloseStatus(close.code(), close.words()));
	}

	@Override
	public void abort() {
		letReaderGo();
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

}
