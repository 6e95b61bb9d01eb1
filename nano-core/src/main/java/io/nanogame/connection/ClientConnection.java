package io.nanogame.connection;

import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Connection;
import io.nanogame.session.Introduction;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a connection until the last message of its client is handled. A
 * {@link Wire} carries bytes, a {@link ProtocolConnection} reads and writes them, between
 * the {@link ReadGate} and the {@link OutboundQueue}.
 *
 * <pre>
 * CONNECTED --session opens--&gt; OPEN --&gt; ENDING --wire is gone--&gt; CLOSED
 * </pre>
 *
 * Confined to the loop of the wire, except for the methods of {@link Connection}.
 */
public final class ClientConnection extends CarriedConnection {

	private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);

	private enum State {

		CONNECTED, OPEN, ENDING, CLOSED

	}

	private final TransportContext context;

	private final ProtocolConnection protocol;

	private final ReadGate gate;

	private final OutboundQueue outbound;

	private State state = State.CONNECTED;

	/** Written once, before anybody but the loop knows of the session. */
	private @Nullable Session session;

	private ClientConnection(TransportContext context, Protocol protocol, Wire wire) {
		super(wire);
		this.context = context;
		this.protocol = Protocols.open(protocol, this);
		this.gate = new ReadGate(context.intake, wire, this.protocol);
		this.outbound = new OutboundQueue(context.outbound, wire, this.protocol);
	}

	/**
	 * Makes the connection of a wire. The wire reports to it from now on.
	 * @param context what the server's connections share
	 * @param protocol what the client speaks, see {@link Protocols}
	 * @param wire the way to the client
	 * @return the connection
	 */
	public static ClientConnection open(TransportContext context, Protocol protocol, Wire wire) {
		ClientConnection connection = new ClientConnection(context, protocol, wire);
		wire.loop().add(connection);
		context.connections.add(connection);
		return connection;
	}

	/** The way in. */
	public ReadGate gate() {
		return this.gate;
	}

	/** The way out. */
	public OutboundQueue outbound() {
		return this.outbound;
	}

	/**
	 * Lets the handshake validators decide about the client, which is not read from until
	 * then. Called once.
	 * @param introduction the client's description of itself
	 * @param payloads those of the {@link Protocol}; null for the server's
	 * @param admission receives the decision, perhaps before this method returns
	 */
	public void introduce(Introduction introduction, @Nullable Payloads payloads, Admission admission) {
		Session candidate = this.context.admissions.candidate(this, introduction, payloads);
		this.session = candidate;
		this.gate.attach(candidate);
		this.context.admissions.decide(this, candidate, admission);
	}

	/** Returns the payloads of the session, which validators may have chosen. */
	public Payloads payloads() {
		return (this.session != null) ? this.session.payloads() : this.context.sessions.payloads();
	}

	/** Opens the session of a client that was accepted. */
	public void opened() {
		if (this.session != null) {
			this.state = State.OPEN;
			this.outbound.open();
			this.context.open(this.session, wire().query());
			this.gate.open(this.session.uid());
		}
	}

	/**
	 * Takes bytes, and leaves an incomplete packet and what follows a pause unread.
	 * @param in the bytes; remains the wire's
	 */
	public void receive(ByteBuf in) {
		this.outbound.beginRead();
		try {
			CloseReason failure = this.gate.receive(in);
			if (failure != null) {
				end(failure);
			}
		}
		finally {
			this.outbound.endRead();
			if (isEnding()) {
				in.skipBytes(in.readableBytes());
			}
		}
	}

	/** The client has read what it was sent. */
	public void writable() {
		resume();
		if (this.session != null) {
			this.outbound.releaseHeld(this.session);
		}
	}

	/** The client has closed its half: the connection ends after the replies to it. */
	public void inputEnded() {
		if (this.state == State.OPEN || !isEnding() && this.gate.isPaused() && wire().hasUnread()) {
			this.gate.endInput();
			endWhenDone();
		}
		else if (!isEnding()) {
			end(CloseReason.CLIENT_CLOSED);
		}
	}

	public void disconnected() {
		if (this.state == State.CLOSED) {
			return;
		}
		if (this.state != State.ENDING) {
			this.context.traffic.closed(CloseReason.CLIENT_CLOSED);
		}
		enter(State.CLOSED);
		if (this.session != null) {
			this.gate.leave(this.session.uid());
			this.session.close(CloseReason.CLIENT_CLOSED);
		}
		leaveWhenDone();
	}

	@Override
	public void sweep(long nowNanos) {
		if (this.session != null) {
			SessionHandle.of(this.session).queue().expire(nowNanos);
		}
		if (this.state == State.CLOSED) {
			leaveWhenDone();
		}
		else if (this.state == State.ENDING) {
			this.gate.abortWhenOverdue(nowNanos);
		}
		else {
			if (this.gate.isInputEnded()) {
				endWhenDone();
			}
			CloseReason overdue = this.gate.overdue(nowNanos);
			if (overdue != null) {
				end(overdue);
			}
		}
	}

	@Override
	public void send(OutboundMessage message) {
		Session receiver = this.session;
		if (receiver != null && receiver.isOpen()) {
			this.outbound.send(receiver, message);
		}
	}

	@Override
	void deliver(Broadcast broadcast) {
		if (this.session != null) {
			this.outbound.deliver(this.session, broadcast);
		}
	}

	@Override
	public void close(CloseReason reason) {
		loop().inOrder(() -> endNow(reason));
	}

	@Override
	public void resume() {
		this.gate.resumeSoon();
		if (this.gate.isInputEnded() || this.context.connections.isDraining()) {
			loop().enqueue(this::endWhenDone);
		}
	}

	/** Whether the connection ends, or has ended. */
	public boolean isEnding() {
		return this.state == State.ENDING || this.state == State.CLOSED;
	}

	/**
	 * Ends the connection from this side, at once.
	 * @param reason why, which the client reads, too
	 */
	public void end(CloseReason reason) {
		if (this.session != null && this.session.isOpen()) {
			this.session.close(reason);
		}
		endNow(reason);
	}

	private void endNow(CloseReason reason) {
		if (isEnding()) {
			return;
		}
		byte[] farewell = this.protocol.farewell(reason);
		if (farewell != null) {
			wire().append(farewell);
		}
		endWithoutFarewell(reason);
		wire().finish(reason);
	}

	/** The same, when the caller sends the last bytes and closes the wire. */
	public void endWithoutFarewell(CloseReason reason) {
		if (!isEnding()) {
			log.debug("A connection is closed: {}", reason.code());
			this.context.traffic.closed(reason);
			enter(State.ENDING);
		}
	}

	private void enter(State next) {
		this.state = next;
		this.gate.close();
		this.outbound.close();
	}

	/** If not all requests are done, resume or the sweep calls again. Thread-safe. */
	void endWhenDone() {
		if (canEnd()) {
			// Behind the replies that are still in the queue of the loop.
			loop().enqueue(this::endIfDone);
		}
	}

	private boolean canEnd() {
		return !this.gate.isAwaited() && (!this.gate.isPaused() || isEnding() || this.context.connections.isDraining());
	}

	private void endIfDone() {
		if (this.state == State.CLOSED) {
			leaveWhenDone();
		}
		else if (canEnd() && this.context.connections.isDraining()) {
			shutDown();
		}
		else if (canEnd()) {
			wire().flush();
			if (wire().pendingBytes() == 0) {
				end(CloseReason.CLIENT_CLOSED);
			}
		}
	}

	private void leaveWhenDone() {
		if (this.gate.backlog() == 0) {
			loop().remove(this);
			this.context.connections.remove(this);
		}
	}

	void shutDown() {
		if (this.session != null) {
			this.session.close(CloseReason.SHUTDOWN);
		}
		else {
			endNow(CloseReason.SHUTDOWN);
		}
	}

}
