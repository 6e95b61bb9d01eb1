package io.nanogame.spring.web.servlet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

import io.nanogame.session.OutboundMessage;
import io.nanogame.transport.ClientConnection;
import io.nanogame.transport.OutputLoop;
import io.nanogame.transport.TransportContext;
import io.nanogame.transport.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/**
 * A servlet container's WebSocket that carries packets, one in each binary message. Only
 * its lane sends, and waits for the client while it does; only the container's thread
 * brings bytes, and waits until the lane has taken them. So neither side can run away
 * from the other. All buffers are on the heap and need no release.
 */
final class ServletWire implements Wire {

	private static final Logger log = LoggerFactory.getLogger(ServletWire.class);

	static final String TRANSPORT = "servlet";

	/** A control frame has 125 bytes, and two are the code. */
	private static final int MAX_CLOSE_WORDS = 123;

	private final TransportContext context;

	private final LaneLoop loop;

	private final WebSocketSession session;

	private final long sendLimitNanos;

	private final SocketAddress remoteAddress;

	private final Map<String, List<String>> queryParameters;

	private final @Nullable Principal principal;

	private final ClientConnection connection;

	/** Has a permit when the container's thread may go on. */
	private final Semaphore taken = new Semaphore(0);

	private volatile boolean closed;

	// The lane's own

	/**
	 * What was received and not decoded: the rest of a packet, or what came while paused.
	 */
	private @Nullable ByteBuf tail;

	/** Packets that were appended and not flushed. */
	private final Queue<byte[]> output = new ArrayDeque<>();

	private long pendingBytes;

	/** Whether the container's thread waits for what it brought to be taken. */
	private boolean readerWaits;

	private boolean paused;

	/** Nothing is sent any more. */
	private boolean finished;

	private boolean disconnected;

	ServletWire(TransportContext context, LaneLoop loop, WebSocketSession session, Duration sendLimit) {
		this.context = context;
		this.loop = loop;
		this.session = session;
		this.sendLimitNanos = sendLimit.toNanos();
		this.remoteAddress = remoteAddress(session);
		this.queryParameters = queryParameters(session);
		this.principal = session.getPrincipal();
		this.connection = ClientConnection.open(context, this);
		context.traffic().connected(TRANSPORT);
	}

	private static SocketAddress remoteAddress(WebSocketSession session) {
		InetSocketAddress address = session.getRemoteAddress();
		return (address != null) ? address : InetSocketAddress.createUnresolved("unknown", 0);
	}

	private static Map<String, List<String>> queryParameters(WebSocketSession session) {
		return (session.getUri() != null) ? new QueryStringDecoder(session.getUri()).parameters() : Map.of();
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
			if (!this.paused || this.finished) {
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
			drop();
			this.context.traffic().disconnected(TRANSPORT);
			this.connection.disconnected();
		}
	}

	// Out

	@Override
	public void append(OutboundMessage message, boolean compressRoute, boolean markError) {
		int length = this.context.messageEncoder()
			.packetLength(message.type(), message.id(), message.route(), message.body(), compressRoute);
		byte[] packet = new byte[length];
		this.context.messageEncoder()
			.encodePacket(Unpooled.wrappedBuffer(packet).clear(), message.type(), message.id(), message.route(),
					message.body(), markError && message.isError(), compressRoute);
		append(packet);
	}

	@Override
	public void append(byte[] packet) {
		if (!this.finished) {
			this.output.add(packet);
			this.pendingBytes += packet.length;
		}
	}

	/** Blocks until the client has taken everything, or has had time enough for it. */
	@Override
	public void flush() {
		long begin = System.nanoTime();
		try {
			byte[] packet;
			while ((packet = this.output.poll()) != null) {
				this.pendingBytes -= packet.length;
				if (System.nanoTime() - begin > this.sendLimitNanos) {
					throw new SocketTimeoutException("the client reads too slowly");
				}
				this.session.sendMessage(new BinaryMessage(packet));
				this.context.traffic().bytesSent(packet.length);
			}
		}
		catch (IOException | RuntimeException ex) {
			log.debug("A connection broke: {}", ex.getMessage());
			abort();
		}
	}

	@Override
	public long pendingBytes() {
		return this.pendingBytes;
	}

	/** The lane itself waits for the client, and so does who brings it bytes. */
	@Override
	public boolean isWritable() {
		return true;
	}

	@Override
	public void finish(String words) {
		letReaderGo();
		flush();
		close(new CloseStatus(CloseStatus.NORMAL.getCode(), shortened(words)));
	}

	@Override
	public void abort() {
		letReaderGo();
		close(CloseStatus.SESSION_NOT_RELIABLE);
	}

	private void close(CloseStatus status) {
		drop();
		try {
			this.session.close(status);
		}
		catch (IOException | RuntimeException ex) {
			log.debug("A connection could not be closed in peace: {}", ex.getMessage());
		}
	}

	private void drop() {
		this.finished = true;
		this.output.clear();
		this.pendingBytes = 0;
		this.tail = null;
	}

	/** Cuts between characters. */
	private static String shortened(String words) {
		ByteBuffer text = ByteBuffer.allocate(MAX_CLOSE_WORDS);
		StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(words), text, true);
		return StandardCharsets.UTF_8.decode(text.flip()).toString();
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
	public Map<String, List<String>> queryParameters() {
		return this.queryParameters;
	}

	@Override
	public @Nullable Principal principal() {
		return this.principal;
	}

}
