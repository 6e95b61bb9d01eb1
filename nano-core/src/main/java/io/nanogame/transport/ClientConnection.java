package io.nanogame.transport;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;

import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketHandler;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Connection;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Handshake;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is between a {@link Wire} and a {@link Session}: the protocol's state machine.
 * Handshake, ack, heartbeat and kick begin and end here; messages go on to the receiver.
 *
 * <pre>
 * CONNECTED --handshake--&gt; VALIDATING --accepted--&gt; ACCEPTED --ack--&gt; WORKING --&gt; CLOSING --&gt; CLOSED
 * </pre>
 *
 * All methods belong to the loop of the wire, except those of {@link Connection}, which
 * any thread may call.
 */
public final class ClientConnection implements Connection, PacketHandler {

	private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);

	private enum State {

		CONNECTED, VALIDATING, ACCEPTED, WORKING, CLOSING, CLOSED

	}

	private final TransportContext context;

	private final Wire wire;

	private State state = State.CONNECTED;

	/** Written once, before anybody but the loop knows of the session. */
	private @Nullable Session session;

	/** Null until the handshake was accepted. */
	private @Nullable HandshakeReply reply;

	private final Liveness liveness;

	/** Inside {@link #receive}: the flush comes at its end. */
	private boolean receiving;

	/** A flush is on its way at the end of the merge window. */
	private boolean merging;

	/** Where the loop keeps this connection. */
	int index = -1;

	/** Null before the handshake, and when a client may send as much as it likes. */
	private @Nullable Allowance allowance;

	private volatile boolean paused;

	/** Null until a message was inflated. */
	private @Nullable InflationRate inflationRate;

	/** Decodes bytes that the wire kept, which are no sign of life. */
	private boolean resuming;

	/** Paused because the client makes the server inflate too fast; the sweep resumes. */
	private boolean inflatesTooFast;

	/** The client sends nothing more, and may still read. */
	private volatile boolean inputEnded;

	private final WaitingOutput waiting = new WaitingOutput();

	ClientConnection(TransportContext context, Wire wire) {
		this.context = context;
		this.wire = wire;
		this.liveness = new Liveness(context.settings.connection(), context.time);
	}

	/**
	 * Makes the connection of a wire. The wire reports to it from now on.
	 * @param context what the server's connections share
	 * @param wire the way to the client
	 * @return the connection
	 */
	public static ClientConnection open(TransportContext context, Wire wire) {
		ClientConnection connection = new ClientConnection(context, wire);
		wire.loop().add(connection);
		context.connections.add(connection);
		return connection;
	}

	// From the wire

	/**
	 * Takes bytes. Incomplete packets stay unread, and so does what follows a packet that
	 * paused the connection.
	 * @param in the bytes; remains the wire's
	 */
	public void receive(ByteBuf in) {
		if (!this.resuming) {
			this.liveness.received();
		}
		this.wire.loop().reading(this.context.nanoTime());
		this.receiving = true;
		try {
			if (!isEnding() && !this.paused) {
				int start = in.readerIndex();
				this.context.packetDecoder.decode(in, this);
				this.liveness.awaitRest(in, in.readerIndex() != start, this.paused || this.inputEnded);
			}
		}
		catch (ProtocolException ex) {
			protocolError(ex.getMessage());
		}
		catch (RuntimeException ex) {
			log.error("A connection failed and is closed", ex);
			end(CloseReason.SERVER_ERROR);
		}
		finally {
			this.receiving = false;
			if (isEnding()) {
				in.skipBytes(in.readableBytes());
			}
		}
	}

	/**
	 * The bytes are not what they should be.
	 * @param words what is wrong with them
	 */
	public void protocolError(@Nullable String words) {
		end(CloseReason.PROTOCOL_ERROR.saying("protocol error: " + words));
	}

	/** The client did not read in time what it was sent. */
	public void tooSlow() {
		end(CloseReason.SLOW_CONSUMER);
	}

	/**
	 * Whether it takes no bytes now, and will when the session has done more. What
	 * exceeds the inflation rate is dropped when the client has gone.
	 */
	boolean isWaiting() {
		return this.paused && this.state == State.WORKING && !this.inflatesTooFast;
	}

	/** The wire is gone. */
	public void disconnected() {
		if (this.state == State.CLOSED) {
			return;
		}
		if (this.state != State.CLOSING) {
			this.context.traffic.closed(CloseReason.CLIENT_CLOSED);
		}
		this.state = State.CLOSED;
		if (this.session != null) {
			this.context.requestRate.left(this.session.uid(), this.allowance);
			this.session.close(CloseReason.CLIENT_CLOSED);
		}
		leaveWhenDone();
	}

	/**
	 * The client sends nothing more, and may still read: a session that is open ends when
	 * the client has been sent all that it asked for, at the latest as a silent one does.
	 */
	void inputEnded() {
		if (this.state == State.WORKING) {
			this.inputEnded = true;
			this.liveness.awaitNothing();
			endWhenDone();
		}
		else if (!isEnding()) {
			end(CloseReason.CLIENT_CLOSED);
		}
	}

	/** What was asked before may still run, and must not run for ever. */
	private void leaveWhenDone() {
		if (backlog() == 0) {
			this.wire.loop().remove(this);
			this.context.connections.remove(this);
		}
	}

	/** How many messages are not handled or not answered. Any thread. */
	int backlog() {
		return Backlog.of(this.session);
	}

	/** The client has read what it was sent. */
	public void writable() {
		resume();
		this.context.output.releaseHeldPushes(this);
	}

	WaitingOutput waiting() {
		return this.waiting;
	}

	/** There is no place for the client: it is told so, and closed. */
	public void turnAway() {
		end(CloseReason.TOO_MANY_CONNECTIONS);
	}

	/** The client is told by others, in words it understands, who also close the wire. */
	void turnedAway(CloseReason reason) {
		if (!isEnding()) {
			beginToClose(reason);
		}
	}

	boolean isEnding() {
		return this.state == State.CLOSING || this.state == State.CLOSED;
	}

	// Packets

	@Override
	public int maxLength(PacketType type) {
		return (type == PacketType.DATA && this.state == State.WORKING) ? PacketDecoder.MAX_BODY_LENGTH
				: this.context.settings.connection().packets().maxHandshakeLength();
	}

	@Override
	public boolean isReady(PacketType type, ByteBuf in, int length) {
		if (type != PacketType.DATA || !this.context.input.inflates(in, length)) {
			return true;
		}
		InflationTurns turns = this.wire.loop().inflation();
		if (this.inflationRate != null && this.inflationRate.isExceeded(this.context.nanoTime())) {
			this.inflatesTooFast = true;
		}
		else if (turns.isOver(this.context.settings.connection().packets().maxInflatedLength())) {
			turns.await(this);
		}
		else {
			return true;
		}
		this.paused = true;
		this.wire.pause();
		return false;
	}

	/** Counts a body of this client. */
	void inflated(int bytes) {
		long now = this.context.nanoTime();
		if (this.inflationRate == null) {
			this.inflationRate = new InflationRate(this.context.settings.connection().packets().maxInflateRate(), now);
		}
		this.inflationRate.inflated(bytes, now);
		this.wire.loop().inflation().inflated(bytes);
	}

	@Override
	public boolean packet(PacketType type, ByteBuf in, int length) {
		switch (type) {
			case HANDSHAKE -> handshake(in, length);
			case HANDSHAKE_ACK -> acknowledged();
			case HEARTBEAT -> heartbeat();
			case DATA -> data(in, length);
			case KICK -> log.trace("A client sent a kick; ignored");
		}
		return !isEnding() && !shouldPause();
	}

	private boolean shouldPause() {
		if (!mustWait()) {
			return false;
		}
		this.paused = true;
		// The session may have caught up before it could see that we pause.
		if (!mustWait()) {
			this.paused = false;
			return false;
		}
		this.context.backlog.paused(this.session);
		this.wire.pause();
		return true;
	}

	private boolean mustWait() {
		// The session has enough to do, or the client enough to read.
		return this.state == State.VALIDATING || this.context.backlog.isFull(this.session) || !this.wire.isWritable();
	}

	private void handshake(ByteBuf in, int length) {
		if (this.state == State.CONNECTED) {
			this.context.handshakes.begin(this, ByteBufUtil.getBytes(in, in.readerIndex(), length));
		}
		else if (this.session != null && this.reply != null) {
			// As nano does; unlike there, the session goes on.
			this.context.handshakes.repeat(this, this.session, this.reply);
		}
	}

	// From the handshake

	Wire wire() {
		return this.wire;
	}

	/** The handshake could be read; from now on there is a session to talk about. */
	void introduce(Session candidate) {
		Principal known = this.wire.principal();
		if (known != null) {
			candidate.login().introduce(known);
		}
		this.session = candidate;
	}

	void validating() {
		this.state = State.VALIDATING;
	}

	/** Any thread. */
	void decide(Runnable verdict) {
		this.wire.loop().enqueue(() -> {
			if (this.state == State.VALIDATING) {
				verdict.run();
				resume();
			}
		});
	}

	void accept(byte[] answer, HandshakeReply kept) {
		this.reply = kept;
		this.state = State.ACCEPTED;
		append(answer);
	}

	void refuse(byte[] answer, String words) {
		append(answer);
		end(CloseReason.HANDSHAKE_REFUSED.saying(words));
	}

	private void acknowledged() {
		if (this.state == State.ACCEPTED && this.session != null) {
			this.state = State.WORKING;
			append(Packets.HEARTBEAT);
			this.context.open(this.session, this.wire.query());
			this.allowance = this.context.requestRate.allowance(this.session.uid());
		}
	}

	/**
	 * Heartbeats are echoed, never ticked: every client of the family lives with that.
	 */
	private void heartbeat() {
		if (this.state == State.WORKING) {
			append(Packets.HEARTBEAT);
		}
	}

	private void data(ByteBuf in, int length) {
		if (this.state != State.WORKING || this.session == null) {
			end(CloseReason.NO_HANDSHAKE);
			return;
		}
		long received = this.wire.loop().readNanos();
		this.context.input.receive(this, this.session, in, length, received, this.context.deadline(received));
	}

	@Nullable Allowance allowance() {
		return this.allowance;
	}

	void append(byte[] packet) {
		this.wire.append(packet);
		flush();
	}

	void flush() {
		if (!this.receiving) {
			this.wire.loop().flushSoon(this.wire);
		}
	}

	// From the session

	@Override
	public void send(OutboundMessage message) {
		Session receiver = this.session;
		if (receiver != null && receiver.isOpen()) {
			this.context.output.send(this, receiver, message);
		}
	}

	void deliver(Broadcast broadcast) {
		if (this.state == State.WORKING && this.session != null) {
			this.context.output.deliver(this, this.session, broadcast);
		}
		else if (this.session != null && this.session.login().isCandidate()) {
			this.context.traffic.pushDropped();
		}
	}

	void deliver(OutboundMessage message) {
		if (this.state == State.WORKING && this.session != null) {
			this.context.output.deliver(this, this.session, message);
		}
	}

	/** Lets what was appended wait for more to leave with it. */
	void flushLater() {
		if (!this.merging) {
			this.merging = true;
			this.wire.loop().flushLater(this);
		}
	}

	/** The merge window is over. */
	public void flushMerged() {
		this.merging = false;
		this.wire.flush();
	}

	/** Closes from this side, on the loop. */
	void end(CloseReason reason) {
		Session open = this.session;
		if (open != null && open.isOpen()) {
			open.close(reason);
		}
		closeNow(reason);
	}

	@Override
	public void close(CloseReason reason) {
		if (this.wire.loop().isDirect()) {
			closeNow(reason);
		}
		else {
			this.wire.loop().enqueue(() -> closeNow(reason));
		}
	}

	private void closeNow(CloseReason reason) {
		if (isEnding()) {
			return;
		}
		if (Packets.isKick(reason)) {
			this.wire.append(Packets.kick(reason));
		}
		beginToClose(reason);
		this.wire.finish(CloseFrame.of(reason));
	}

	private void beginToClose(CloseReason reason) {
		log.debug("A connection is closed: {}", reason.code());
		this.context.traffic.closed(reason);
		this.state = State.CLOSING;
		this.liveness.closing(this.context.nanoTime());
	}

	@Override
	public void resume() {
		if (this.paused) {
			this.wire.loop().enqueue(this::resumeOnLoop);
		}
		if (this.inputEnded || this.context.connections.isDraining()) {
			endWhenDone();
		}
	}

	void resumeOnLoop() {
		if (!this.paused || isEnding() || this.state == State.VALIDATING || !this.wire.isWritable()
				|| !this.context.backlog.hasRoom(this.session)) {
			return;
		}
		this.paused = false;
		this.inflatesTooFast = false;
		this.resuming = true;
		try {
			this.wire.resume();
		}
		finally {
			this.resuming = false;
		}
	}

	// When the server stops, or the client has ended its half

	/**
	 * Ends this connection if everything it was asked is done; if not, {@link #resume()}
	 * or the sweep asks again. Any thread.
	 */
	void endWhenDone() {
		if (!isAwaited()) {
			// Behind the answers that are still on their way through the loop's queue.
			this.wire.loop().enqueue(this::endIfDone);
		}
	}

	private void endIfDone() {
		if (this.state == State.CLOSED) {
			leaveWhenDone();
		}
		else if (!isAwaited() && this.context.connections.isDraining()) {
			shutDown();
		}
		else if (!isAwaited() && !this.paused && isRead()) {
			end(CloseReason.CLIENT_CLOSED);
		}
	}

	/** A client that has ended its half waits for answers only. Any thread. */
	private boolean isAwaited() {
		Session open = this.session;
		boolean answersOnly = this.inputEnded && !this.context.connections.isDraining();
		return (answersOnly && open != null) ? open.work().owesAnswers() : backlog() > 0;
	}

	/** Whether the client has taken all it was sent. */
	private boolean isRead() {
		this.wire.flush();
		return this.wire.pendingBytes() == 0;
	}

	void shutDown() {
		if (this.session != null) {
			this.session.close(CloseReason.SHUTDOWN);
		}
		else {
			closeNow(CloseReason.SHUTDOWN);
		}
	}

	/** Answers all requests that wait, because they cannot be waited for. */
	void abandon() {
		if (this.session != null) {
			this.session.work().abandon();
		}
	}

	// The sweep

	/**
	 * Closes what is idle or too late, answers what has waited too long.
	 * @param nowNanos {@link TransportContext#nanoTime()}
	 */
	public void sweep(long nowNanos) {
		if (this.session != null) {
			this.session.work().expire(nowNanos);
		}
		if (this.state == State.CLOSED) {
			leaveWhenDone();
			return;
		}
		if (this.state == State.CLOSING) {
			if (this.context.connections.isDraining() && this.wire.pendingBytes() > 0) {
				// What it was promised has to reach it; the grace period is the limit.
				this.liveness.closing(nowNanos);
			}
			else if (this.liveness.hasLingered(nowNanos)) {
				this.wire.abort();
			}
			return;
		}
		if (this.inputEnded) {
			endWhenDone();
		}
		if (this.inflatesTooFast) {
			resumeOnLoop();
		}
		// A client that is not read from because the server is behind is not idle.
		CloseReason overdue = this.liveness.overdue(nowNanos, this.state == State.WORKING,
				this.paused && !this.inflatesTooFast && this.wire.isWritable() && !this.inputEnded);
		if (overdue != null && this.inputEnded) {
			this.wire.abort(); // It hung up: what it has sent is still handled.
		}
		else if (overdue != null) {
			end(overdue);
		}
	}

	// Facts

	@Override
	public ConnectionLoop loop() {
		return this.wire.loop();
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.wire.remoteAddress();
	}

	@Override
	public String transport() {
		return this.wire.transport();
	}

	@Override
	public Map<String, List<String>> queryParameters() {
		UrlQuery query = this.wire.query();
		return (query != null) ? query.parameters() : Map.of();
	}

}
