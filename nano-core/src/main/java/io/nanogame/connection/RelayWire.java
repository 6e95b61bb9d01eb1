package io.nanogame.connection;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The wire of a resumed session: connects the session, which stays on its loop, with a
 * socket, which may be on another one. The methods of {@link Wire} are confined to the
 * loop of the session, except where that interface states otherwise; the others are
 * confined to the loop of the socket. All buffers are on the heap.
 */
final class RelayWire implements Wire {

	/** The number of bytes on their way to the socket above which it is not writable. */
	private static final int MAX_IN_TRANSIT = 64 * 1024;

	private final ClientConnection session;

	private final ClientConnection socket;

	/** The bytes that were flushed, and that the wire of the socket does not have yet. */
	private final AtomicLong inTransit = new AtomicLong();

	/** The bytes that the wire of the socket had when it was last flushed. */
	private volatile long socketBytes;

	private volatile boolean socketWritable = true;

	private final InboundTransit inbound;

	// Confined to the loop of the session

	private List<byte[]> output = new ArrayList<>();

	private long outputBytes;

	/** Received bytes that are not decoded yet. */
	private @Nullable ByteBuf tail;

	private boolean paused;

	/** Whether the socket has ended. */
	private boolean ended;

	private boolean closedByClient;

	RelayWire(ClientConnection session, ClientConnection socket) {
		this.session = session;
		this.socket = socket;
		this.inbound = new InboundTransit(socket);
	}

	/** Returns the session that the socket serves. Thread-safe. */
	@Nullable Session served() {
		return this.session.ownSession();
	}

	private void toSocket(Runnable task) {
		run(this.socket.loop(), task);
	}

	/** Runs a task on the loop of the session, in the order of the received bytes. */
	void toSession(Runnable task) {
		run(this.session.loop(), task);
	}

	/**
	 * Runs a task at once if both sides have this loop, which is the current one then.
	 */
	private void run(OutputLoop loop, Runnable task) {
		if (this.session.loop() == this.socket.loop()) {
			task.run();
		}
		else {
			loop.enqueue(task);
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
		this.output.add(packet);
		this.outputBytes += packet.length;
	}

	@Override
	public void flush() {
		if (this.output.isEmpty()) {
			return;
		}
		List<byte[]> packets = this.output;
		long bytes = this.outputBytes;
		this.output = new ArrayList<>();
		this.outputBytes = 0;
		this.inTransit.addAndGet(bytes);
		toSocket(() -> write(packets, bytes));
	}

	/** Confined to the loop of the socket. */
	private void write(List<byte[]> packets, long bytes) {
		Wire wire = this.socket.wire();
		if (!this.socket.isEnding()) {
			packets.forEach(wire::append);
			wire.flush();
		}
		long before = this.inTransit.getAndAdd(-bytes);
		boolean wasWritable = this.socketWritable && before <= MAX_IN_TRANSIT;
		writable();
		if (!wasWritable && isWritable()) {
			toSession(this::sessionWritable);
		}
	}

	/** Called when the client has read. Confined to the loop of the socket. */
	void read() {
		writable();
		toSession(this::sessionWritable);
	}

	private void writable() {
		Wire wire = this.socket.wire();
		this.socketBytes = wire.pendingBytes();
		this.socketWritable = wire.isWritable();
	}

	private void sessionWritable() {
		if (isCurrent()) {
			this.session.writable();
		}
	}

	private boolean isCurrent() {
		return this.session.wire() == this && !this.ended;
	}

	@Override
	public long pendingBytes() {
		return this.outputBytes + this.inTransit.get() + this.socketBytes;
	}

	@Override
	public boolean isWritable() {
		return this.socketWritable && this.inTransit.get() <= MAX_IN_TRANSIT;
	}

	/** The connection of the socket sends pings itself, and passes the replies on. */
	@Override
	public boolean ping() {
		return keepsBounds();
	}

	// Input

	/** Receives bytes, which remain the caller's. Confined to the loop of the socket. */
	void received(ByteBuf in) {
		int length = in.readableBytes();
		ByteBuf copy = Unpooled.buffer(length).writeBytes(in);
		this.inbound.add(length);
		toSession(() -> {
			boolean wasFull = this.inbound.take(length);
			decode(copy);
			if (wasFull) {
				toSocket(this.inbound::resume);
			}
		});
	}

	private void decode(ByteBuf in) {
		if (!isCurrent()) {
			return;
		}
		ByteBuf before = this.tail;
		this.tail = (before != null) ? before.discardSomeReadBytes().writeBytes(in) : in;
		if (!this.paused) {
			decode();
		}
	}

	private void decode() {
		ByteBuf in = this.tail;
		if (in != null) {
			this.session.read(in);
			if (!in.isReadable()) {
				this.tail = null;
			}
		}
		flush();
	}

	@Override
	public boolean hasUnread() {
		return this.tail != null;
	}

	@Override
	public void pause() {
		this.paused = true;
		toSocket(() -> this.inbound.pause(true));
	}

	@Override
	public void resume() {
		this.paused = false;
		decode();
		if (!this.paused) {
			toSocket(() -> this.inbound.pause(false));
		}
	}

	// The end

	@Override
	public void finish(CloseReason reason) {
		flush();
		toSocket(() -> {
			if (!this.socket.isEnding()) {
				this.socket.endWithoutFarewell(reason);
				this.socket.wire().finish(reason);
			}
		});
	}

	@Override
	public void abort() {
		toSocket(() -> this.socket.wire().abort());
	}

	/** Reports that the socket has ended. Confined to its loop. */
	void ended(CloseReason reason) {
		boolean clean = this.socket.wire().isClosedByClient();
		toSession(() -> {
			if (isCurrent()) {
				this.ended = true;
				this.closedByClient = clean;
				this.tail = null;
				this.session.lost(reason);
			}
		});
	}

	@Override
	public boolean isClosedByClient() {
		return this.closedByClient;
	}

	// Properties

	@Override
	public OutputLoop loop() {
		return this.session.loop();
	}

	@Override
	public boolean keepsBounds() {
		return this.socket.wire().keepsBounds();
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.socket.wire().remoteAddress();
	}

	@Override
	public String transport() {
		return this.socket.wire().transport();
	}

	@Override
	public @Nullable UrlQuery query() {
		return this.socket.wire().query();
	}

	@Override
	public @Nullable Principal principal() {
		return this.socket.wire().principal();
	}

}
